import { databaseUrlsFromEnv, runScript } from "./lib/database-env";
import { migrateDatabase } from "./lib/migrate";

await runScript(async () => {
  await migrateDatabase(databaseUrlsFromEnv());
  console.log("The database is up to date; web and worker are bound by row-level security.");
});
