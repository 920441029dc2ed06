import type { GraphClient } from "~/connectors/meta/graph-client.server";
import type { JobContext } from "../context";

/** What a sync of Meta works with: the job's own, and the client of this shop's token alone. */
export interface MetaContext extends JobContext {
  graph: GraphClient;
}
