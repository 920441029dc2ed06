import { databaseUrlsFromEnv, runScript } from "./lib/database-env";
import { resetDatabase } from "./lib/migrate";

await runScript(async () => {
  const urls = databaseUrlsFromEnv();
  if (process.env.NODE_ENV === "production" && !process.argv.includes("--force")) {
    throw new Error("This would delete every row of a production database. Add --force to do it.");
  }
  await resetDatabase(urls);
  console.log("The database was dropped and made anew; it is empty.");
});
