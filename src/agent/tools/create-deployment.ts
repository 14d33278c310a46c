import { z } from "zod";
import type { Speaker } from "#agent/ports.ts";
import { Environment, type Deployment } from "#deployments/deployment.ts";
import type { Module } from "#deployments/ports.ts";
import { PHRASES } from "#text/phrases.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import { VarsInput } from "./inputs.ts";
import { withInstead } from "./instead.ts";
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
        return (
          formInstead(parts, input, created) ?? commandInstead(parts, { speaker, input }, created)
        );
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

/** With a name, so that a second press makes no second deployment. */
async function commandInstead(
  parts: ToolParts,
  { speaker, input }: { readonly speaker: Speaker; readonly input: Input },
  refused: Refusal,
): Promise<Refusal> {
  const { module: named, name: given, environment, team, vars = {} } = input;
  if (refused.suggested === undefined) {
    return refused;
  }
  const module = parts.catalogue.module(named);
  const names = namesFor(environment ?? "dev", module);
  const values = {
    name: given ?? (await firstUnseen(parts, speaker.viewer, names)),
    ...(environment === undefined ? {} : { environment }),
    ...(team === undefined ? {} : { team }),
    ...vars,
  };
  return withInstead(refused, { head: `/cloud create ${named}`, values, module });
}

async function firstUnseen(
  { deployments }: ToolParts,
  viewer: Speaker["viewer"],
  names: readonly string[],
): Promise<string> {
  for (const name of names) {
    if ((await deployments.seen(viewer, name)) === null) {
      return name;
    }
  }
  return names[0] ?? "";
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
  const [first = "", ...others] = namesFor(environment, parts.catalogue.module(module));
  let answer = await ask(first);
  for (const name of others) {
    if (!isNameTaken(answer)) {
      return answer;
    }
    answer = await ask(name);
  }
  return answer;
}

function isNameTaken(answer: Deployment | Refusal): boolean {
  return isRefusal(answer) && answer.code === "name-taken";
}

/** `stg-app-env`, `stg-app-env-2`, …: the environment and the module's name without its cloud. */
function namesFor(environment: string, module: Module | null): readonly string[] {
  const words = module?.name.split("_").filter((word) => word !== module.cloud) ?? ["deployment"];
  const base = `${environment}-${words.join("-")}`.slice(0, 28).replace(/-+$/, "");
  return Array.from({ length: NAMES_TRIED }, (_, at) => (at === 0 ? base : `${base}-${at + 1}`));
}
