// What both commands of the README need before any TypeScript can run. Plain JavaScript without
// dependencies: at this point node_modules may not exist.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Refuses an older Node in a sentence, instead of a syntax error somewhere in a dependency. */
function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Merit needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

export function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** Runs a command in the project; its output goes to stderr, so that stdout stays ours. */
export function run(command, args, message) {
  process.stderr.write(`${message} …\n`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) fail(`${message}: failed (exit ${status}). The reason stands above.`);
}

function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** One hash over the content of files and folders (tests left out: they change no build). */
function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesBelow)) {
    if (/\.test\.tsx?$/.test(file)) continue;
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Runs `work` unless it was done for exactly these inputs before. */
function onceFor(stampFile, inputs, work) {
  const stamp = join(root, stampFile);
  const now = fingerprint(inputs);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

/** True when node_modules holds what the lock file names (npm keeps its own list of what it laid). */
function isInstalled() {
  const laid = join(root, "node_modules/.package-lock.json");
  if (!existsSync(laid)) return false;
  const installed = JSON.parse(readFileSync(laid, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || installed[path]?.version === version || (optional && !installed[path]),
  );
}

export function ensureInstalled() {
  checkNode();
  if (!isInstalled()) {
    run(
      "npm",
      ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
      "Installing dependencies (once, about a minute)",
    );
  }
  onceFor("node_modules/.merit-prisma", ["package-lock.json", "prisma"], () =>
    run("npm", ["run", "--silent", "db:generate"], "Generating the database client"),
  );
}

export function ensureBuilt() {
  const inputs = [
    "app",
    "workers",
    "server.ts",
    "server",
    "public",
    "vite.config.ts",
    "vite.node.config.ts",
    "package-lock.json",
    "prisma",
    "package.json",
  ];
  onceFor("build/.merit-build", inputs, () =>
    run("npm", ["run", "--silent", "build"], "Building web and worker"),
  );
}
