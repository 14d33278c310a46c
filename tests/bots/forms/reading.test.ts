import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "#deployments/change.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { newForm } from "#bots/forms/deployment-form.ts";
import { entryOf, shownAs } from "#bots/forms/entry.ts";
import { fieldIdOf, type Entered } from "#bots/forms/form.ts";
import { readEntry } from "#bots/forms/read-entry.ts";
import { readNewForm } from "#bots/forms/read-form.ts";
import { LOCAL_POLICY } from "#deployments/policy.ts";
import { filled } from "#deployments/filling.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { person } from "#tests/support/deployments.ts";

const catalogue = await openCatalogue("terraform/modules");
const regions = openRegions("terraform/regions.yaml").all();
const MODULES = catalogue.modules().map((module) => [module.name, module] as const);
const SETTING = {
  lang: "en",
  viewer: person("dev"),
  policy: LOCAL_POLICY,
  regions,
  simulated: true,
} as const;

/** The form as it is drawn, with the module's own example where nothing stands in a required field. */
function drawn(module: Module): Entered {
  const asked = { module, given: { vars: {} }, entered: {}, wrong: new Map<string, string>() };
  const { fields, advanced } = newForm(SETTING, asked);
  const stands = [...fields, ...advanced].map(({ id, value }) => [id, value ?? ""] as const);
  return { ...Object.fromEntries(stands), ...examples(module), own_name: "shop-one" };
}

function examples(module: Module): Entered {
  const required = module.variables.filter((variable) => variable.required);
  return Object.fromEntries(
    required.flatMap((variable) => {
      const example = module.facts.example[variable.name];
      return example === undefined
        ? []
        : [[fieldIdOf(variable.name), shownAs(entryOf(variable), example)] as const];
    }),
  );
}

describe.each(MODULES)("the form of %s", (_name, module) => {
  test("sent as it stands, with what is required, is what the catalogue accepts", () => {
    const read = readNewForm(catalogue, module, drawn(module));

    const all = filled(module, { name: read.name, environment: read.environment }, read.vars);
    expect(read.problems).toEqual([]);
    expect(catalogue.check(module, all)).toEqual([]);
  });

  test("sent as it stands says no value that the module has by itself, but its region", () => {
    const { vars } = readNewForm(catalogue, module, drawn(module));

    const required = module.variables.filter((each) => each.required).map(({ name }) => name);
    const said = Object.keys(vars).filter((name) => !required.includes(name));
    expect(said).toEqual(module.region === null ? [] : [module.region.variable]);
  });

  test("reads back every value that it can show", () => {
    for (const variable of module.variables) {
      fc.assert(
        fc.property(valuesFor(variable), (value) => {
          const text = shownAs(entryOf(variable), value);
          const read = readEntry(variable, text);

          expect(text === "" ? EMPTY.includes(JSON.stringify(value)) : true).toBe(true);
          if (text !== "") {
            expect(read).toEqual({ is: "value", value });
          }
        }),
        { numRuns: 30 },
      );
    }
  });

  test("never throws at what people write", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...idsOf(module)), fc.string()), (entered) => {
        const read = readNewForm(catalogue, module, { ...drawn(module), ...entered });

        expect(Array.isArray(read.problems)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

/** The parser of JSON drops this one key, for everybody's safety. */
const KEY = fc.string().filter((key) => key !== "__proto__");

const EMPTY = ['""', "[]", "{}"];

function idsOf(module: Module): string[] {
  return module.variables.map(({ name }) => fieldIdOf(name));
}

/** Values of the variable's kind, odd ones among them. */
function valuesFor(variable: ModuleVariable): fc.Arbitrary<Json> {
  const entry = entryOf(variable);
  const line = fc.string({ unit: "grapheme" }).filter((text) => text.trim() === text);
  switch (entry.is) {
    case "text":
      return line;
    case "number":
      return fc.integer();
    case "toggle":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...entry.values);
    case "choices":
      return fc.subarray([...entry.values]);
    case "list":
      return fc.array(fc.string());
    case "pairs":
      return fc.dictionary(KEY, fc.string());
    case "json":
      return fc.oneof(
        fc.array(fc.dictionary(KEY, fc.string()), { minLength: 1 }),
        fc.dictionary(KEY, fc.integer(), { minKeys: 1 }),
      );
  }
}
