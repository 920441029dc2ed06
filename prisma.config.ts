import { defineConfig } from "prisma/config";
import { migrationAdapter } from "./prisma/migration-adapter";

// With an env("…") in the schema the variable must be set, to anything, or the CLI goes for the
// engine binaries; `prisma generate` and `prisma format` need no database at all.
process.env.MIGRATE_DATABASE_URL ||= "postgresql://nobody@127.0.0.1:1/none";
const url = process.env.MIGRATE_DATABASE_URL;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  engine: "js",
  experimental: { adapter: true },
  adapter: async () => migrationAdapter(url),
});
