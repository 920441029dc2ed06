// `npm run docs:env`: writes docs/env.md from the schema that the processes check at their start.
import { writeFileSync } from "node:fs";
import { environmentPage } from "./lib/environment-page";

writeFileSync(new URL("../docs/env.md", import.meta.url), environmentPage());
