/**
 * Who may import whom (docs: README, "Map"). Each rule lists what a room may reach inside the
 * project; everything else is refused, so that a new import needs a decision and not a habit.
 */
const room = (name, from, ...mayReach) => ({
  name,
  severity: "error",
  comment: `${from} may reach only: ${mayReach.join(", ") || "itself"}`,
  from: { path: from, pathNot: "\\.test\\.tsx?$" },
  to: {
    path: "^(app|workers|simulators|scripts|tests|bench|extensions)/",
    pathNot: [from, ...mayReach],
  },
});

const lib = "^app/lib/";

module.exports = {
  forbidden: [
    room("lib", lib),
    room("connectors", "^app/connectors/", lib),
    room("metrics", "^app/metrics/", lib),
    room("sync", "^app/sync/", lib),
    room("tenancy", "^app/tenancy/", lib),
    room("jobs", "^app/jobs/", lib),
    room("warehouse", "^app/warehouse/", lib, "^app/connectors/.*schemas"),
    room(
      "commands",
      "^app/commands/",
      lib,
      "^app/tenancy/",
      "^app/sync/",
      "^app/jobs/",
      "^app/connectors/",
    ),
    room(
      "auth",
      "^app/auth(/|\\.server\\.ts$)",
      lib,
      "^app/tenancy/",
      "^app/connectors/",
      "^app/commands/",
    ),
    room(
      "components",
      "^app/components/",
      "^app/lib/[^.]+\\.ts$",
      "^app/metrics/[^.]+\\.ts$",
      "^app/sync/(sync-state|greater-wish)\\.ts$",
    ),
    room(
      "routes",
      "^app/(routes/|root|entry)",
      lib,
      "^app/auth",
      "^app/commands/",
      "^app/metrics/",
      "^app/sync/(freshness|sync-status|job-history)",
      "^app/components/",
    ),
    room(
      "workers",
      "^workers/",
      lib,
      "^app/(connectors|warehouse|metrics|sync|tenancy|jobs|commands)/",
    ),
    room("simulators", "^simulators/"),
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two files that need each other are one thing, or hide a third.",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      severity: "error",
      comment: "A file that nothing imports is dead, or lacks its entry.",
      from: {
        orphan: true,
        path: "^(app|workers|simulators)/",
        pathNot: ["\\.d\\.ts$", "\\.test\\.tsx?$", "^app/routes/", "^simulators/.+/browser/"],
      },
      to: {},
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^virtual:|build/server" },
    },
    {
      name: "routes-without-database",
      severity: "error",
      comment: "A route authenticates, parses, calls one command or metric, and answers.",
      from: { path: "^app/routes/" },
      to: { path: "^app/lib/(db|tenant-db)|node_modules/(@prisma/client|pg)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    includeOnly: "^(app|workers|simulators|scripts|tests|bench|server(/|\\.ts)|node_modules)",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
