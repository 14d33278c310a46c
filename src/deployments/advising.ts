import { isDeepStrictEqual } from "node:util";
import { adviceFor, subjectOf, type Advice, type AdviceParts, type Subject } from "./advice.ts";
import type { Vars } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import { kindOfPlan } from "./opening.ts";
import type { Deployments, Module } from "./ports.ts";
import type { Asked } from "./service.ts";
import type { Viewer } from "./viewer.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import type { RefusalCode } from "#text/refusals.ts";

/** How advice that stops a request is told. */
const REFUSED_AS: Readonly<Partial<Record<Advice["code"], RefusalCode>>> = {
  unknown_region: "unknown-region",
  wrong_cloud_region: "wrong-cloud-region",
  not_allowed: "region-not-allowed",
  residency: "outside-residency",
  dependency_region: "dependency-region",
  zones: "too-many-zones",
  reserved_tags: "reserved-tags",
};

/** The first advice that stops this, with everything else that is wrong; null: nothing stops it. */
export function refusedBy(advice: readonly Advice[], wrong: Refusal | null): Refusal | null {
  const block = advice.find(({ level }) => level === "block");
  const code = block === undefined ? undefined : REFUSED_AS[block.code];
  if (block === undefined || code === undefined) {
    return wrong;
  }
  const variable = block.suggested?.variable ?? "region";
  const others = (wrong?.problems ?? []).filter((problem) => problem.variable !== variable);
  const problems = [{ variable, code, params: block.params }, ...others];
  return { ...refusal(code, block.params, problems), ...suggestedIn(block) };
}

/** A value that fits on a button. */
function suggestedIn({ suggested }: Advice): Pick<Refusal, "suggested"> {
  const value = suggested?.value;
  return suggested !== null && (typeof value === "string" || typeof value === "number")
    ? { suggested: { variable: suggested.variable, value } }
    : {};
}

type Parts = AdviceParts & { readonly deployments: Pick<Deployments, "neighbours" | "seen"> };

/**
 * The advice on a deployment as it is asked for now. Of one that stands, only on values that this
 * change would alter: to move what runs is no small suggestion, and its owners know it.
 */
export async function adviceOn(
  parts: Parts,
  viewer: Viewer,
  deployment: Deployment,
): Promise<readonly Advice[]> {
  const module = parts.catalogue.module(deployment.module);
  if (module === null) {
    return [];
  }
  const advice = await adviceFor(parts, viewer, subjectOf(deployment, module));
  const altered = alteredBy(deployment);
  const isNew = kindOfPlan(deployment) === "create";
  return advice.filter(
    ({ suggested }) => isNew || (suggested !== null && Object.hasOwn(altered, suggested.variable)),
  );
}

/** The values that the open change would make other than they are. */
export function alteredBy({ change, vars }: Pick<Deployment, "change" | "vars">): Vars {
  const wanted = Object.entries(change?.vars ?? {});
  return Object.fromEntries(
    wanted.filter(([name, value]) => !isDeepStrictEqual(value, vars[name])),
  );
}

/**
 * Advice that stops a plan with other values: all of it while nothing exists, else only what the
 * given values cause, because a newer rule must not keep people from mending what stands.
 */
export async function blocksOfPlan(
  parts: Parts,
  asked: Asked,
  wanted: { readonly deployment: Deployment; readonly module: Module; readonly vars: Vars },
): Promise<readonly Advice[]> {
  const { deployment, module, vars } = wanted;
  const subject: Subject = {
    ...subjectOf(deployment, module),
    vars: { ...deployment.vars, ...vars },
  };
  const advice = await adviceFor(parts, asked.by, subject);
  const isNew = kindOfPlan(deployment) === "create";
  // `region` may be said for whatever the module calls it.
  const names = "region" in vars ? ["region", module.region?.variable] : [];
  const given = new Set([...Object.keys(vars), ...names]);
  return advice.filter(({ suggested }) => isNew || given.has(suggested?.variable ?? "region"));
}

/** The value that a piece of advice suggests at this moment, as values of a plan. */
export async function suggestedBy(
  parts: Parts,
  asked: Asked,
  wanted: { readonly id: Deployment["id"]; readonly code: string },
): Promise<Vars | Refusal> {
  const deployment = await parts.deployments.seen(asked.by, wanted.id);
  if (deployment === null) {
    return refusal("not-found", { id: wanted.id });
  }
  const advice = await adviceOn(parts, asked.by, deployment);
  const found = advice.find(({ code }) => code === wanted.code)?.suggested ?? null;
  return found === null
    ? refusal("advice-over", { name: deployment.name })
    : { [found.variable]: found.value };
}
