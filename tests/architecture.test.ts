import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const SRC = join(ROOT, "src");

/** The layer table of the architecture: a folder and what it may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  text: [],
  telemetry: [],
  config: ["text", "telemetry"],
  isolation: ["telemetry"],
  deployments: ["text", "telemetry"],
  curriculum: ["text", "telemetry"],
  sandbox: ["text", "telemetry", "isolation"],
  agent: ["deployments", "curriculum", "text", "telemetry"],
  runner: ["deployments", "isolation", "text", "telemetry"],
  bots: ["agent", "deployments", "curriculum", "sandbox", "text", "telemetry"],
  http: ["deployments", "curriculum", "sandbox", "text", "telemetry"],
  simulator: [],
};

/** Only these may import a package; every other folder goes through them. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  "@cdktn/hcl2json": ["runner"],
  "@electric-sql/pglite": ["persistence"],
  "@electric-sql/pglite-socket": ["persistence"],
  "@grpc/grpc-js": ["simulator"],
  "@lydell/node-pty": ["sandbox"],
  bull: ["runner"],
  "@msgpack/msgpack": ["simulator"],
  "@xterm/addon-fit": ["http/pages"],
  "@xterm/xterm": ["http/pages"],
  adaptivecards: ["http/pages"],
  esbuild: ["http"],
  mdast: ["curriculum"],
  execa: ["runner"],
  express: ["http"],
  "just-bash": ["sandbox"],
  knex: ["persistence"],
  "mdast-util-from-markdown": ["curriculum"],
  "mdast-util-frontmatter": ["curriculum"],
  "mdast-util-gfm": ["curriculum"],
  "mdast-util-to-string": ["curriculum"],
  "micromark-extension-cjk-friendly": ["curriculum"],
  "micromark-extension-frontmatter": ["curriculum"],
  "micromark-extension-gfm": ["curriculum"],
  pg: ["persistence"],
  pino: ["telemetry"],
  "prom-client": ["telemetry"],
  "simple-git": ["runner"],
  ws: ["sandbox"],
};

const ANYWHERE = new Set(["zod", "yaml"]);
/** Where the parts are joined: they may import everything. */
const JOINTS = /^(main|compose|compose\/.*|commands\/.*)\.ts$/;
/** What persistence may take from the folders whose ports it implements. */
const SHAPES = /^#(\w+)\/(?:[\w/-]+)\.ts$/;

type Import = { readonly file: string; readonly from: string; readonly target: string };

function imports(): Import[] {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    const found = text.matchAll(
      /^(?:import|export)\s[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
    );
    return Array.from(found, (match) => ({
      file,
      from: file.split("/")[0] ?? "",
      target: match[1] ?? match[2] ?? match[3] ?? "",
    }));
  });
}

function packageOf(target: string): string {
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}

const ALL = imports();

describe("the layers", () => {
  test("every folder of src is in the table", () => {
    const known = [...Object.keys(MAY_IMPORT), "persistence", "commands", "compose"];

    const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );

    expect(folders.map((folder) => folder.name).filter((name) => !known.includes(name))).toEqual(
      [],
    );
  });

  test("imports across folders only point where the table says", () => {
    const wrong = ALL.filter(({ file, from, target }) => {
      const folder = SHAPES.exec(target)?.[1];
      const allowed = MAY_IMPORT[from];
      return (
        folder !== undefined &&
        folder !== from &&
        !JOINTS.test(file) &&
        allowed !== undefined &&
        !allowed.includes(folder)
      );
    });

    expect(wrong).toEqual([]);
  });

  test("nobody imports persistence or the joints but the joints", () => {
    const wrong = ALL.filter(
      ({ file, from, target }) =>
        /^#(persistence|commands|compose|main)\b/.test(target) &&
        from !== "persistence" &&
        !JOINTS.test(file),
    );

    expect(wrong).toEqual([]);
  });

  test("persistence takes shapes from the hearts, never their use cases", () => {
    const wrong = ALL.filter(
      ({ from, target }) =>
        from === "persistence" &&
        /^#\w+\/(service|planning|applying|voting|opening|deciding)\.ts$/.test(target),
    );

    expect(wrong).toEqual([]);
  });

  test("slack, teams and console never import each other", () => {
    const platforms = ["slack", "teams", "console"];

    const wrong = ALL.filter(({ file, from, target }) => {
      const own = platforms.find((name) => file.startsWith(`bots/${name}/`));
      const other = platforms.find((name) => target.startsWith(`#bots/${name}/`));
      return from === "bots" && other !== undefined && other !== own;
    });

    expect(wrong).toEqual([]);
  });
});

describe("the packages", () => {
  test("a package is imported only by the folder that owns it", () => {
    const wrong = ALL.filter(({ file, target }) => {
      const isPackage =
        !target.startsWith("#") && !target.startsWith(".") && !target.startsWith("node:");
      const name = packageOf(target);
      const owners = OWNERS[name] ?? [];
      return (
        isPackage &&
        !JOINTS.test(file) &&
        !ANYWHERE.has(name) &&
        !owners.some((owner) => file.startsWith(`${owner}/`))
      );
    });

    expect(wrong).toEqual([]);
  });

  test("process.env is read by config, main, commands and the simulator's own process alone", () => {
    const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".ts"),
    );

    const readers = files.filter((file) =>
      readFileSync(join(SRC, file), "utf8").includes("process.env"),
    );

    expect(
      readers.filter((file) => !JOINTS.test(file) && !/^(config|simulator)\//.test(file)),
    ).toEqual([]);
  });
});

test("nothing lies at the root but what the architecture names", () => {
  const allowed = [
    "LICENSE",
    "README.md",
    "curriculum",
    "manifests",
    "migrations",
    "node_modules",
    "package-lock.json",
    "package.json",
    "src",
    "terraform",
    "tests",
    "tsconfig.json",
  ];

  const entries = readdirSync(ROOT).filter((name) => !name.startsWith("."));

  expect(entries.filter((name) => !allowed.includes(name))).toEqual([]);
});
