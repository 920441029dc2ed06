import { databaseUrlsFromEnv, runScript } from "./lib/database-env";
import { parseSeed, seedDatabase } from "./lib/seed";

await runScript(async () => {
  const { web } = databaseUrlsFromEnv();
  const seed = parseSeed(process.env);
  const withTokens = await seedDatabase(web, seed);
  const tokens = withTokens
    ? "and its credentials, encrypted"
    : "without new credentials (SEED_ACCESS_TOKEN is not set, or newer ones are there)";
  console.log(`Seeded ${seed.SEED_SHOP} with an account and a user, ${tokens}.`);
});
