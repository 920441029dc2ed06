import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import express, { type Response, Router } from "express";
import { z } from "zod";
import { dayNumber, dayText } from "../../ad-plan/days";
import { truthRow } from "../accounts/truth";
import type { AdAccountWorld } from "../accounts/world";
import { accountOf, type MetaContext } from "../context";
import { badRequest } from "./meta";

const statusBody = z.object({ account_status: z.number().int() });

/** `/_sim/ad-accounts`: what the accounts truly hold, and their state. Not Meta's. */
export function adAccountSimRoutes(context: MetaContext): Router {
  const router = Router();
  router.use(express.json());
  router.get("/", (_request, response) => {
    const now = context.now().getTime();
    response.json({ ad_accounts: context.accounts.map((account) => summaryOf(account, now)) });
  });
  router.get("/:id/insights.jsonl", (request, response, next) => {
    const account = accountOf(context, request.params.id);
    if (!account) response.status(404).json({ error: "no such ad account" });
    else writeTruth(account, context.now().getTime(), response).catch(next);
  });
  router.post("/:id/status", (request, response) => {
    const account = accountOf(context, request.params.id);
    if (!account) {
      response.status(404).json({ error: "no such ad account" });
      return;
    }
    const fields = { account_status: String(statusBody.parse(request.body).account_status) };
    const change = { id: account.id, at: context.now().getTime(), fields };
    account.add(change);
    context.state.content.changes.push(change);
    context.state.changed();
    response.json(summaryOf(account, change.at));
  });
  router.use(badRequest);
  return router;
}

function summaryOf(account: AdAccountWorld, now: number): Record<string, unknown> {
  const { options } = account;
  return {
    id: account.id,
    name: options.name,
    currency: account.currency,
    timezone: options.plan.zone,
    account_status: account.accountStatus(now),
    first_day: options.plan.from,
    campaigns: account.all("campaign").length,
    ad_sets: account.all("adset").length,
    ads: account.all("ad").length,
    plan: options.plan,
  };
}

/** Every ad's every day up to now, a line each, as fast as the reader takes them. */
async function writeTruth(account: AdAccountWorld, now: number, response: Response): Promise<void> {
  response.setHeader("Content-Type", "application/jsonl");
  try {
    await pipeline(Readable.from(truthLines(account, now)), response);
  } catch (error) {
    if (!response.destroyed) throw error;
  }
}

async function* truthLines(account: AdAccountWorld, now: number): AsyncGenerator<string> {
  const last = account.plan.dayAt(now);
  let turn = performance.now();
  for (let day = dayNumber(account.options.plan.from); day <= last; day += 1) {
    const rows = account.seen(day, now);
    if (rows.length === 0) continue;
    yield rows
      .map((seen) => `${JSON.stringify(truthRow(account, seen, dayText(day), now))}\n`)
      .join("");
    if (performance.now() - turn < 20) continue;
    await nextTurn();
    turn = performance.now();
  }
}
