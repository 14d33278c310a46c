import type { Advice } from "#deployments/advice.ts";
import { statusOf, type Deployment } from "#deployments/deployment.ts";
import type { Module } from "#deployments/ports.ts";
import { ADVICE } from "#text/advice.ts";
import { say } from "#text/wording.ts";

/** A deployment as the model may know it: no value of a variable, no sensitive output, no plan text. */
export function describeDeployment(deployment: Deployment): object {
  const { change, lastChange } = deployment;
  return {
    id: deployment.id,
    name: deployment.name,
    module: deployment.module,
    environment: deployment.environment,
    status: statusOf(deployment),
    standing: deployment.standing.is,
    requester: deployment.requester,
    openChange:
      change === null
        ? null
        : {
            kind: change.kind,
            state: change.state,
            plan: "plan" in change ? planCounts(change.plan) : null,
          },
    lastChange:
      lastChange === null
        ? null
        : {
            kind: lastChange.kind,
            outcome: lastChange.outcome,
            reason: lastChange.reason.code,
            votes: lastChange.votes.map(({ voter, decision }) => ({ voter, decision })),
          },
    outputs: deployment.outputs
      .filter((output) => !output.sensitive)
      .map(({ name, value }) => ({ name, value: value.slice(0, 200) })),
    resources: deployment.resources.length,
  };
}

/** Advice as the model may repeat it. */
export function describeAdvice({ level, code, params, suggested }: Advice): object {
  return { level, code, text: say(ADVICE[code], "en", params), suggested };
}

export function describeModule(module: Module): object {
  return {
    name: module.name,
    cloud: module.cloud,
    title: module.title.en,
    summary: module.summary.en,
    environments: module.environments,
    variables: module.variables.map((variable) => ({
      name: variable.name,
      description: variable.description,
      required: variable.required,
      schema: variable.schema,
    })),
  };
}

function planCounts(plan: {
  summary: { add: number; change: number; destroy: number; replace: number };
  risk: { level: string };
}): object {
  const { add, change, destroy, replace } = plan.summary;
  return { add, change, destroy, replace, risk: plan.risk.level };
}
