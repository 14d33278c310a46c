import { z } from "zod";
import type { Speaker } from "#agent/ports.ts";
import { Environment, type Deployment } from "#deployments/deployment.ts";
import type { Module } from "#deployments/ports.ts";
import { PHRASES } from "#text/phrases.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import { VarsInput } from "./inputs.ts";
import { askedBy, planOutcome, REQUESTERS, type ToolParts } from "./parts.ts";
import { defineTool, type Tool, type ToolOutcome } from "./tool.ts";

const Input = z.strictObject({
  module: z.string().min(1).max(64).describe("Name of a module that list_modules shows."),
  // The service judges names, in words made for people.
  name: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      "Name for the new deployment: lower-case letters, digits, hyphens. Leave it out if the person gave none.",
    ),
  environment: Environment.optional().describe("dev, stg (staging) or prod (production)."),
  team: z
    .string()
    .max(64)
    .optional()
    .describe("The person's team that it is for. Leave it out if the person named none."),
  vars: VarsInput.optional(),
});
type Input = z.infer<typeof Input>;

/** More deployments of one kind than this have names of their own. */
const NAMES_TRIED = 20;

/** Opens a request and has it planned; people approve what the plan shows. */
export function createDeployment(parts: ToolParts): Tool {
  return defineTool({
    name: "create_deployment",
    description:
      "Opens a request for a new deployment of a module and makes its plan. Nothing is built before people approve the plan.",
    effect: "proposes",
    roles: REQUESTERS,
    phrases: PHRASES.create_deployment,
    input: Input,
    async run(speaker, input) {
      const created = await request(parts, speaker, input);
      if (isRefusal(created)) {
        return formInstead(parts, input, created) ?? created;
      }
      const planned = await parts.service.plan(askedBy(speaker, "plan"), created.id, {});
      return isRefusal(planned) ? planned : planOutcome(parts, speaker, planned);
    },
  });
}

/** Where values are only missing, a form asks for them; anything odd is told as it is. */
function formInstead(
  { catalogue }: ToolParts,
  { module: named, name, environment, team, vars = {} }: Input,
  { code, problems }: Refusal,
): ToolOutcome | null {
  const module = catalogue.module(named);
  const isOnlyMissing =
    problems.length > 0 && problems.every((problem) => problem.code === "missing-variable");
  if (module === null || code !== "wrong-variables" || !isOnlyMissing) {
    return null;
  }
  const given = {
    ...(name === undefined ? {} : { name }),
    ...(environment === undefined ? {} : { environment }),
    ...(team === undefined ? {} : { team }),
    vars,
  };
  const missing = problems.map(({ variable }) => variable);
  return {
    data: { made: false, missing, form: "shown to the person, who fills in what is missing" },
    shown: { show: "form", module, given, problems: [] },
  };
}

async function request(
  parts: ToolParts,
  speaker: Speaker,
  input: Input,
): Promise<Deployment | Refusal> {
  const asked = askedBy(speaker, "request");
  const { name: given, environment = "dev", module, vars = {}, team } = input;
  const wanted = { module, environment, vars, ...(team === undefined ? {} : { team }) };
  const ask = (name: string) => parts.service.request(asked, { name, ...wanted });
  if (given !== undefined) {
    return ask(given);
  }
  const base = baseName(environment, parts.catalogue.module(module));
  let answer = await ask(base);
  for (let number = 2; number <= NAMES_TRIED && isNameTaken(answer); number += 1) {
    answer = await ask(`${base}-${number}`);
  }
  return answer;
}

function isNameTaken(answer: Deployment | Refusal): boolean {
  return isRefusal(answer) && answer.code === "name-taken";
}

/** `stg-app-env`: the environment and the module's name without its cloud. */
function baseName(environment: string, module: Module | null): string {
  const words = module?.name.split("_").filter((word) => word !== module.cloud) ?? ["deployment"];
  return `${environment}-${words.join("-")}`.slice(0, 28).replace(/-+$/, "");
}
