// `npm test`: everything there is. Ends with `N passed, N failed`, summed over all runners.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, root } from "./lib/ensure-ready.mjs";

ensureInstalled();
ensureBuilt();

const inCi = process.env.CI === "true";
const scratch = mkdtempSync(join(tmpdir(), "merit-test-"));
const total = { passed: 0, failed: 0 };

function report(name, passed, failed, seconds) {
  total.passed += passed;
  total.failed += failed;
  process.stdout.write(
    `${failed ? "✗" : "✓"} ${name}: ${passed} passed, ${failed} failed (${seconds} s)\n`,
  );
}

function execute(args) {
  const started = Date.now();
  const { status } = spawnSync("npx", ["--no-install", ...args], { cwd: root, stdio: "inherit" });
  return { ok: status === 0, seconds: Math.round((Date.now() - started) / 1000) };
}

/** A tool that says yes or no as a whole counts as one. */
function check(name, args) {
  const { ok, seconds } = execute(args);
  report(name, ok ? 1 : 0, ok ? 0 : 1, seconds);
}

function vitest(project) {
  const file = join(scratch, `${project}.json`);
  const { ok, seconds } = execute([
    ...["vitest", "run", "--project", project],
    ...["--reporter", "dot", "--reporter", "json", `--outputFile.json=${file}`],
  ]);
  const { passed, failed } = countTests(file, ok);
  report(`${project} tests`, passed, failed, seconds);
}

/** A run that broke down, a file that did not load and a test that skipped itself in CI are failures. */
function countTests(file, ok) {
  try {
    const result = JSON.parse(readFileSync(file, "utf8"));
    const passed = result.numPassedTests;
    let failed = result.numFailedTests + result.testResults.filter(brokeOutsideTests).length;
    if (inCi) failed += result.testResults.flatMap(skippedIn).length;
    return { passed, failed: !ok && failed === 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Only who cloned the project alone, without the recordings beside it, may leave tests out. */
const skippedIn = ({ name, assertionResults }) =>
  name.includes("/tests/real-data/") && !existsSync(join(root, "../shared/data"))
    ? []
    : assertionResults.filter(({ status }) => !["passed", "failed"].includes(status));

const brokeOutsideTests = ({ status, assertionResults }) =>
  status === "failed" && !assertionResults.some((test) => test.status === "failed");

check("format and lint", ["biome", "ci", "--error-on-warnings", "."]);
check("types", ["tsc", "--noEmit"]);
check("import rule", [
  "depcruise",
  "--config",
  ".dependency-cruiser.cjs",
  "app",
  "workers",
  "simulators",
  "scripts",
  "tests",
  "server",
  "server.ts",
]);
check("nothing unused", ["knip"]);
for (const project of ["unit", "integration", "e2e"]) vitest(project);

rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed ? 1 : 0;
