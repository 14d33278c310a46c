import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCatalogue } from "#runner/catalogue.ts";
import type { Catalogue } from "#deployments/ports.ts";
import { rulesOver, short } from "./offline-fixtures.ts";
import { dropTeapots } from "./teapots.ts";

let folder: string;
let catalogue: Catalogue;
let read: ReturnType<typeof rulesOver>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcp-teapots-"));
  await cp("terraform/modules", folder, { recursive: true });
  await dropTeapots(folder);
  catalogue = await openCatalogue(folder);
  read = rulesOver(catalogue);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  [
    "create an aws teapot called brown-betty",
    'create_deployment {"module":"aws_teapot","name":"brown-betty"}',
  ],
  [
    "I need an Amazonian teapot in staging with 3 spouts",
    'create_deployment {"module":"aws_teapot","environment":"stg","vars":{"spouts":3}}',
  ],
  [
    "build an aws teapot in celadon without lid",
    'create_deployment {"module":"aws_teapot","vars":{"glaze":"celadon","lid":false}}',
  ],
  [
    "build a jade aws teapot with two spouts",
    'create_deployment {"module":"aws_teapot","vars":{"spouts":2,"glaze":"celadon"}}',
  ],
  [
    "create a brewer, kiln is noborigama",
    'create_deployment {"module":"gcp_teapot","vars":{"kiln":"noborigama"}}',
  ],
  ["아마존 찻주전자 만들어줘", 'create_deployment {"module":"aws_teapot"}'],
  [
    "주둥이 3개인 AWS 찻주전자를 청자로 만들어줘",
    'create_deployment {"module":"aws_teapot","vars":{"spouts":3,"glaze":"celadon"}}',
  ],
  [
    "betty라는 운영 주전자 하나 필요해",
    'create_deployment {"module":"aws_teapot","name":"betty","environment":"prod"}',
  ],
  [
    "구글 찻주전자 만들어줘, 가마는 noborigama",
    'create_deployment {"module":"gcp_teapot","vars":{"kiln":"noborigama"}}',
  ],
  ["create a teapot", "ask create_deployment module"],
  ["찻주전자 만들어줘", "ask create_deployment module"],
  ["create a gcp teapot", "ask create_deployment vars.kiln"],
  ["우림기 만들어줘", "ask create_deployment vars.kiln"],
  ["create something", "ask create_deployment module"],
  ["create an app environment", 'create_deployment {"module":"local_app_env"}'],
])("a module that was dropped into the folder is asked for: “%s” → %s", (text, expected) => {
  const understood = read(text);

  expect(short(understood)).toBe(expected);
});

test("between two modules that fit equally it asks, and the answer completes the request", () => {
  const asked = read("create a teapot called betty with 3 spouts in staging");

  const pressed = asked.does === "ask" ? asked.choices : [];
  const answered = asked.does === "ask" ? read(pressed[0]?.say ?? "", asked.pending) : null;

  expect(pressed.map(({ say }) => say)).toEqual(["aws_teapot", "gcp_teapot"]);
  expect(answered && short(answered)).toBe(
    'create_deployment {"module":"aws_teapot","name":"betty","environment":"stg","vars":{"spouts":3}}',
  );
});

test("one question follows the other until nothing is missing", () => {
  const first = read("찻주전자 만들어줘");
  const second = first.does === "ask" ? read("구글이요", first.pending) : null;
  const third = second?.does === "ask" ? read("noborigama", second.pending) : null;

  expect(second && short(second)).toBe("ask create_deployment vars.kiln");
  expect(third && short(third)).toBe(
    'create_deployment {"module":"gcp_teapot","vars":{"kiln":"noborigama"}}',
  );
});

test("a new request is heard while a question stands, and the question is dropped on request", () => {
  const asked = read("destroy");
  const pending = asked.does === "ask" ? asked.pending : null;

  const said = [
    "what runs in staging?",
    "shop",
    "Shop please",
    "never mind",
    "취소",
    "tell me a joke",
  ].map((text) => short(read(text, pending)));

  expect(said).toEqual([
    'list_deployments {"environment":"stg"}',
    'destroy_deployment {"deployment":"shop"}',
    'destroy_deployment {"deployment":"shop"}',
    "say dropped",
    "say dropped",
    "ask destroy_deployment deployment",
  ]);
});

test("words that no rule explains are told, not swallowed", () => {
  const understood = read("create an aws teapot called betty with gold ornaments");

  expect(understood.does === "call" && understood.unused).toEqual(["gold", "ornaments"]);
});

test("no module, variable or choice of the catalogue is named in the rules", async () => {
  const files = (await readdir("src/agent")).filter((file) => file.startsWith("offline"));
  const source = (await Promise.all(files.map((file) => readFile(join("src/agent", file), "utf8"))))
    .join("\n")
    // Files are imported and the contract is spoken by names of its own.
    .replace(/^import .*$|module\??\.region\b/gm, "");
  const slots = ["name", "environment"];
  const names = catalogue
    .modules()
    .flatMap((module) => [module.name, ...module.variables.map((variable) => variable.name)])
    .filter((name) => !slots.includes(name));

  const found = names.filter((name) => new RegExp(`\\b${name}\\b`).test(source));

  expect(files.length).toBeGreaterThan(5);
  expect(found).toEqual([]);
});
