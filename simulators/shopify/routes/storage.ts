import { Router } from "express";
import { isSigned, RESULT_PATH } from "../bulk/result-address";
import type { SimulatorContext } from "../context";
import { sendBroken } from "../faults/download-fault";
import { answerFault } from "../faults/http-fault";
import { DOWNLOAD_FAULTS, HTTP_FAULTS } from "../faults/kinds";
import { only } from "./routing";

/** storage.googleapis.com: result files behind their signed addresses. */
export function storageRoutes(context: SimulatorContext): Router {
  const router = Router();
  router.get(RESULT_PATH, only("storage"), (request, response, next) => {
    const { Expires: expires, Signature: signature } = request.query;
    const hash = request.params.hash ?? "";
    if (
      typeof expires !== "string" ||
      typeof signature !== "string" ||
      !isSigned(hash, expires, signature, context.apiSecret)
    ) {
      const text = "The request signature we calculated does not match the signature you provided.";
      response.status(403).type("application/xml").send(problem("SignatureDoesNotMatch", text));
      return;
    }
    if (Number(expires) * 1000 <= context.now().getTime()) {
      const text = `The provided token has expired. Request signature expired at: ${expires}`;
      response.status(400).type("application/xml").send(problem("ExpiredToken", text));
      return;
    }
    const owner = context.state.content.shops.find((shop) =>
      shop.bulkOperations.some((record) => record.hash === hash),
    );
    const about = request.originalUrl;
    const broken = context.faults.take(owner?.domain ?? "", HTTP_FAULTS, about);
    if (broken) return answerFault(broken, request, response);
    response.setHeader("Content-Type", "application/jsonl");
    const torn = context.faults.take(owner?.domain ?? "", DOWNLOAD_FAULTS, about);
    if (torn) {
      sendBroken(torn, context.bulk.file(hash), response).catch(next);
      return;
    }
    const disposition = request.query["response-content-disposition"];
    if (typeof disposition === "string") response.set("Content-Disposition", disposition);
    response.sendFile(
      context.bulk.file(hash),
      { dotfiles: "allow", cacheControl: false },
      (error) => {
        if (error && !response.headersSent) {
          response.status(404).type("application/xml");
          response.send(problem("NoSuchKey", "The specified key does not exist."));
        } else if (error && !response.destroyed) next(error);
      },
    );
  });
  return router;
}

function problem(code: string, message: string): string {
  return `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}
