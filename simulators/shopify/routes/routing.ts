import type { NextFunction, Request, Response } from "express";

/** What part of Shopify a request is meant for. */
export type SimulatedHost = "admin" | "cdn" | "storage" | "shop" | "any";

export interface HostedRequest {
  host: SimulatedHost;
  name: string;
}

/** The host a request was meant for: the redirect's header first, else the Host header. */
export function hostOf(request: Request): HostedRequest {
  const name = (request.get("x-simulated-host") ?? request.hostname).toLowerCase();
  if (name === "admin.shopify.com") return { host: "admin", name };
  if (name === "cdn.shopify.com") return { host: "cdn", name };
  if (name === "storage.googleapis.com") return { host: "storage", name };
  if (name.endsWith(".myshopify.com")) return { host: "shop", name };
  return { host: "any", name };
}

/** Lets a route answer only for a simulated host; the plain origin serves them all by path. */
export function only(wanted: SimulatedHost) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const { host } = hostOf(request);
    if (host === wanted || host === "any") next();
    else next("route");
  };
}
