import type { Token } from "../access/token-types";
import type { Params } from "./params";

/** A call to the Graph API, read and known to come from somebody. */
export interface GraphCall {
  method: "GET" | "POST" | "DELETE";
  /** `v25.0` */
  version: string;
  /** Behind the version: `["act_1", "insights"]`. */
  path: string[];
  params: Params;
  token: Token;
  /** Where `paging.next` points: `https://graph.facebook.com`, or the origin the call came to. */
  base: string;
}

export interface GraphAnswer {
  body: unknown;
  headers?: Record<string, string>;
}
