import { z } from "zod";
import { text } from "./primitives";

/** A metafield as the settings asked for it; null where the owner has none. */
const metafield = z.object({ namespace: z.string(), key: z.string(), type: text, value: text });

/** Those of a raw document: aliases of single fields, or a list where a payload holds one. */
export const metafieldsSchema = z.array(metafield.nullish());
