import type { Json } from "#deployments/change.ts";
import type { ModuleRuleCode } from "#text/module-rules.ts";
import type { Params } from "#text/wording.ts";
import type { ModulePlace } from "./broken-module.ts";
import type { ReadModule } from "./module.ts";
import type { HclBlock } from "./module-hcl.ts";
import { isRecord } from "./value-type.ts";

/** One static rule that a module breaks, and where. */
export type Finding = {
  readonly code: ModuleRuleCode;
  readonly params: Params;
  readonly place: ModulePlace;
};

/** What the text of a module alone shows to be wrong; empty when all is well. */
export function staticFindings(read: ReadModule): readonly Finding[] {
  return [
    ...variableFindings(read),
    ...outputFindings(read),
    ...versionFindings(read),
    ...blockFindings(read),
    ...provisionerFindings(read),
  ];
}

/** Lessons that module.yaml names and the curriculum does not have; by their paths without `.md`. */
export function lessonFindings(
  { yaml }: ReadModule,
  lessons: ReadonlySet<string>,
): readonly Finding[] {
  return yaml.yaml.lessons.flatMap((lesson, at) =>
    lessons.has(lesson)
      ? []
      : [{ code: "no-such-lesson", params: { lesson }, place: yaml.place(["lessons", at]) }],
  );
}

function variableFindings({ hcl }: ReadModule): readonly Finding[] {
  return hcl.variables.flatMap(({ name, type, description, validations, place }) => {
    const params = { name };
    const none = description === "" ? [{ code: "no-description" as const, params, place }] : [];
    const any = /\bany\b/.test(type ?? "any") ? [{ code: "any-type" as const, params, place }] : [];
    // Both values of a bool make sense.
    const open =
      validations.length === 0 && type !== "bool"
        ? [{ code: "no-validation" as const, params, place }]
        : [];
    return [...none, ...any, ...open];
  });
}

function outputFindings({ hcl }: ReadModule): readonly Finding[] {
  return hcl.outputs
    .filter(({ description }) => description === "")
    .map(({ name, place }) => ({ code: "no-description", params: { name }, place }));
}

function versionFindings({ hcl, module }: ReadModule): readonly Finding[] {
  const version = hcl.requiredVersion ?? "";
  const bounded = /(^|,)\s*>=\s*\d/.test(version) && /(^|,)\s*<\s*\d/.test(version);
  const place = { file: `${module.folder}/versions.tf`, line: 0 };
  return bounded ? [] : [{ code: "not-pinned", params: { version }, place }];
}

function blockFindings({ hcl }: ReadModule): readonly Finding[] {
  return hcl.blocks.flatMap((block): readonly Finding[] => {
    const { kind, place } = block;
    switch (kind) {
      case "provider":
      case "backend":
      case "cloud":
        return [{ code: "own-provider", params: { kind }, place }];
      case "module":
        return callFindings(block);
      case "resource":
      case "data":
        return [];
    }
  });
}

function callFindings({ labels, body, place }: HclBlock): readonly Finding[] {
  const [call] = Array.isArray(body) ? body : [body];
  const written = call !== undefined && isRecord(call) ? call["source"] : "";
  const source = typeof written === "string" ? written : "";
  const inside = source.startsWith("./") && !source.includes("..");
  const params = { name: labels.join("."), source };
  return inside ? [] : [{ code: "outside-module", params, place }];
}

function provisionerFindings({ hcl, yaml }: ReadModule): readonly Finding[] {
  const found = hcl.blocks.filter(({ body }) => hasProvisioner(body));
  const exemption = yaml.yaml.exemptions.findIndex(({ rule }) => rule === "no-provisioner");
  if (exemption === -1) {
    return found.map(({ labels, place }) => ({
      code: "no-provisioner",
      params: { name: labels.join(".") },
      place,
    }));
  }
  const place = yaml.place(["exemptions", exemption]);
  return found.length > 0
    ? []
    : [{ code: "idle-exemption", params: { rule: "no-provisioner" }, place }];
}

function hasProvisioner(body: Json): boolean {
  return isRecord(body) && Object.hasOwn(body, "provisioner");
}
