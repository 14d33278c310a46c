import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BrokenObject, openCloud } from "#simulator/cloud.ts";
import { complete, named } from "#simulator/complete.ts";
import { conform } from "#simulator/conform.ts";
import { fill } from "#simulator/fill.ts";
import { identityOf } from "#simulator/identity.ts";
import { loadCatalogue } from "#simulator/schema/load.ts";
import type { Block, TypeSchema } from "#simulator/schema/schema.ts";
import { hasUnknown, type Value, type ValueMap } from "#simulator/values.ts";

describe("the cloud on disk", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mcp-cloud-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("an object is one readable file, whatever its id holds", async () => {
    const cloud = openCloud(folder);
    const id = "../../projects/a/role:*";

    await cloud.create("google_x", id, { id, name: "a" });

    expect(readdirSync(folder)).toEqual(["google_x"]);
    const [file = ""] = readdirSync(join(folder, "google_x"));
    expect(readFileSync(join(folder, "google_x", file), "utf8")).toBe(
      `{\n  "id": ${JSON.stringify(id)},\n  "name": "a"\n}\n`,
    );
    expect(await cloud.read("google_x", id)).toEqual({ id, name: "a" });
  });

  test("of many creates of one name at once, one wins", async () => {
    const creates = Array.from({ length: 20 }, (_, n) =>
      openCloud(folder).create("aws_x", "name", { n }),
    );

    const won = await Promise.all(creates);

    expect(won.filter((each) => each)).toHaveLength(1);
    expect(readdirSync(join(folder, "aws_x"))).toEqual(["name.json"]);
  });

  test("an id longer than a file name may be is still found again", async () => {
    const cloud = openCloud(folder);
    const [one, two] = [`${"a".repeat(400)}1`, `${"a".repeat(400)}2`];

    await cloud.create("aws_x", one, { id: one });
    await cloud.create("aws_x", two, { id: two });

    expect(await cloud.read("aws_x", two)).toEqual({ id: two });
    expect(await cloud.list("aws_x")).toHaveLength(2);
  });

  test("a file that holds no object any more is named without the host's folders", async () => {
    const name = (id: string) => `The file ${basename(folder)}/aws_x/${id}.json`;
    mkdirSync(join(folder, "aws_x/folder.json"), { recursive: true });
    writeFileSync(join(folder, "aws_x/cut.json"), "{");
    writeFileSync(join(folder, "aws_x/list.json"), "[1]");
    const cloud = openCloud(folder);

    const faults = await Promise.all(
      ["cut", "list", "folder"].map((id) =>
        cloud.read("aws_x", id).catch((error: unknown) => error),
      ),
    );

    expect(faults).toEqual([
      expect.any(BrokenObject),
      expect.any(BrokenObject),
      expect.any(BrokenObject),
    ]);
    expect(faults.map((error) => (error instanceof Error ? error.message : ""))).toEqual([
      `${name("cut")} is not JSON. Mend it, or delete it to remove the object.`,
      `${name("list")} holds something else than one JSON object. Mend it, or delete it to remove the object.`,
      `${name("folder")} cannot be read (EISDIR). Mend it, or delete it to remove the object.`,
    ]);
  });

  test("what is not there reads as nothing, and is not edited", async () => {
    const cloud = openCloud(folder);

    expect(await cloud.read("aws_x", "a")).toBeNull();
    expect(await cloud.list("aws_x")).toEqual([]);
    expect(await cloud.edit("aws_x", "a", { b: 1 })).toBe(false);
    await cloud.remove("aws_x", "a");
  });
});

describe("the types", () => {
  const types = [
    ...loadCatalogue("aws").resources.values(),
    ...loadCatalogue("google").resources.values(),
  ];

  test("each resource has an id of its own, made from attributes that it has", () => {
    const wrong = types.flatMap(({ name, attributes }) => {
      const { id, taken = "", importedBy = [] } = identityOf(name);
      const named = [id, taken, ...importedBy].join(" ").match(/\{(\w+)\}/g) ?? [];
      const missing = named
        .map((each) => each.slice(1, -1))
        .filter((each) => !(each in attributes));
      return id === "sim-~" || missing.length > 0 ? [`${name} ${missing.join()}`] : [];
    });

    expect(wrong).toEqual([]);
  });

  test.each(types.map((type): [string, TypeSchema] => [type.name, type]))(
    "%s comes into being with nothing left open",
    async (_, type) => {
      const open = named(type, fill(type, emptied(type), null));

      const made = await complete(type, {
        object: open,
        id: "the-id",
        settings: { region: "eu-west-1", project: "p", zone: "", defaults: {}, marksOrigin: true },
        now: "2026-11-21T00:00:00Z",
        lookup: () => Promise.resolve(null),
      });

      expect(hasUnknown(made)).toBe(false);
      expect(made["id"]).toBe("the-id");
      expect(conform(type, made)).toEqual(made);
    },
  );

  test("are the whole of what the ten modules and their neighbours use", () => {
    expect(types.length).toBeGreaterThan(60);
    expect(types.filter(({ attributes }) => !("id" in attributes))).toEqual([]);
  });
});

/** An object with no argument given, and each block written once. */
function emptied(block: Block): ValueMap {
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    nested.nesting === "single" ? emptied(nested) : [emptied(nested)],
  ]);
  const attributes = Object.keys(block.attributes).map((name): [string, Value] => [name, null]);
  return Object.fromEntries([...attributes, ...blocks]);
}
