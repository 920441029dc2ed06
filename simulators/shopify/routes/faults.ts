import { Router } from "express";
import { knownShop, type SimulatorContext } from "../context";
import { faultSchema } from "../faults/kinds";

/** `/_sim/shops/:shop/faults`: POST asks for one, GET tells which were met, DELETE ends all. */
export function faultRoutes(context: SimulatorContext): Router {
  const router = Router({ mergeParams: true });
  const shopOf = (params: Record<string, string>) => params.shop ?? "";
  router.use((request, response, next) => {
    if (knownShop(context, shopOf(request.params))) next();
    else response.status(404).json({ error: "no such shop" });
  });
  router.post("/", (request, response) => {
    const fault = faultSchema.parse(request.body);
    response.status(201).json(context.faults.add(shopOf(request.params), fault));
  });
  router.get("/", (request, response) => {
    response.json({ faults: context.faults.list(shopOf(request.params)) });
  });
  router.delete("/", (request, response) => {
    context.faults.clear(shopOf(request.params));
    response.json({ faults: [] });
  });
  return router;
}
