import type { Wished } from "#agent/ports.ts";
import type { Field } from "#bots/field.ts";
import type { Vars } from "#deployments/change.ts";
import { isSimulated } from "#deployments/cloud-kind.ts";
import { Environment, type Deployment } from "#deployments/deployment.ts";
import { allowedRegions, type Policy } from "#deployments/policy.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import type { Region } from "#deployments/regions.ts";
import { usualRegion } from "#deployments/usual-region.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { FORM } from "#text/forms.ts";
import { say, type Lang } from "#text/wording.ts";
import { fieldIdOf, OWN_FIELDS, type Entered, type Form } from "./form.ts";
import { fits, textOf, variableField, type FieldSetting } from "./variable-field.ts";

/** What is wrong by the id of its field. */
export type Wrong = ReadonlyMap<string, string>;

export type FormSetting = {
  readonly lang: Lang;
  readonly viewer: Viewer;
  readonly policy: Policy;
  /** Clouds of this process are simulated. */
  readonly simulated: boolean;
  /** Every region of every cloud. */
  readonly regions: readonly Region[];
};

/** The form of a new deployment, with what was said already or was entered before. */
export function newForm(
  setting: FormSetting,
  asked: { module: Module; given: Wished; entered: Entered; wrong: Wrong },
): Form {
  const { lang, viewer, policy } = setting;
  const { module, given, entered, wrong } = asked;
  const usual = usualRegion(policy, module, viewer.teams[0] ?? null);
  const textFor = (variable: ModuleVariable) => {
    const isRegion = variable.name === module.region?.variable;
    const said = given.vars[variable.name] ?? (isRegion ? given.vars["region"] : undefined);
    const preset = isRegion ? (usual ?? variable.default) : variable.default;
    return entered[fieldIdOf(variable.name)] ?? textOf(variable, said ?? preset);
  };
  const own = ownFields(setting, module, { ...given, ...enteredOwn(entered) });
  const fields = { own, variables: formVariables(module), textFor, wrong };
  return {
    lang,
    simulated: isSimulated(module.cloud, setting),
    title: say(FORM.newTitle, lang, { title: module.title[lang] }),
    intro: introOf(FORM.newIntro[lang], wrong, lang),
    ...arranged(fieldSetting(setting, module, false), fields),
    send: { label: FORM.send[lang], value: { do: "request", module: module.name } },
  };
}

/** The form of a deployment that stands or is being made, with its values of now. */
export function changeForm(
  setting: FormSetting,
  asked: { module: Module; deployment: Deployment; entered: Entered; wrong: Wrong },
): Form {
  const { lang } = setting;
  const { module, deployment, entered, wrong } = asked;
  const now = valuesNow(deployment);
  const textFor = (variable: ModuleVariable) =>
    entered[fieldIdOf(variable.name)] ?? textOf(variable, now[variable.name] ?? variable.default);
  const fields = { own: [], variables: formVariables(module), textFor, wrong };
  return {
    lang,
    simulated: deployment.simulated,
    title: say(FORM.changeTitle, lang, { name: deployment.name }),
    intro: introOf(FORM.changeIntro[lang], wrong, lang),
    ...arranged(fieldSetting(setting, module, true), fields),
    send: { label: FORM.send[lang], value: { do: "change", deployment: deployment.id } },
  };
}

/** The values of the change under way, else the deployment's own. */
export function valuesNow({ change, vars }: Pick<Deployment, "change" | "vars">): Vars {
  return change?.vars ?? vars;
}

/** What people fill in; the deployment itself fills the others. */
export function formVariables(module: Module): readonly ModuleVariable[] {
  return module.variables.filter(({ name }) => name !== "name" && name !== "environment");
}

function fieldSetting(
  { lang, policy, regions }: FormSetting,
  module: Module,
  stands: boolean,
): FieldSetting {
  const { cloud } = module;
  const byPolicy = allowedRegions(policy, cloud);
  const usable = regions.filter(
    (region) => region.cloud === cloud && (byPolicy?.includes(region.code) ?? true),
  );
  return { lang, module, regions: usable, stands };
}

function introOf(usual: string, wrong: Wrong, lang: Lang): string {
  return wrong.size === 0 ? usual : say(FORM.wrongIntro, lang, { n: wrong.size });
}

function enteredOwn(entered: Entered): Partial<Omit<Wished, "vars">> {
  const [name, environment, team] = [
    entered[OWN_FIELDS.name],
    entered[OWN_FIELDS.environment],
    entered[OWN_FIELDS.team],
  ];
  return {
    ...(name === undefined ? {} : { name }),
    ...(environment === undefined ? {} : { environment }),
    ...(team === undefined ? {} : { team }),
  };
}

function ownFields(
  { lang, viewer }: FormSetting,
  module: Module,
  { name, environment, team }: Partial<Wished>,
): Field[] {
  const stages = Environment.options.filter((stage) => module.environments.includes(stage));
  return [
    {
      id: OWN_FIELDS.name,
      label: FORM.name[lang],
      required: true,
      hint: FORM.nameHint[lang],
      ...(name === undefined ? {} : { value: name }),
    },
    {
      id: OWN_FIELDS.environment,
      label: FORM.environment[lang],
      required: true,
      kind: "choice",
      options: stages.map((stage) => ({ value: stage, label: FORM[stage][lang] })),
      value: environment ?? stages[0] ?? "",
    },
    ...(viewer.teams.length < 2 ? [] : [teamField(viewer, lang, team)]),
  ];
}

function teamField({ teams }: Viewer, lang: Lang, team: string | undefined): Field {
  return {
    id: OWN_FIELDS.team,
    label: FORM.team[lang],
    required: true,
    kind: "choice",
    options: teams.map((each) => ({ value: each, label: each })),
    value: team ?? teams[0] ?? "",
  };
}

type Arranging = {
  readonly own: readonly Field[];
  readonly variables: readonly ModuleVariable[];
  readonly textFor: (variable: ModuleVariable) => string;
  readonly wrong: Wrong;
};

/** Fields on one form: as many as one message and one Slack view hold with what stands beside them. */
const MOST_FIELDS = 40;

/** Required ones first, then in the module's own order; those without room are only named. */
function arranged(
  setting: FieldSetting,
  { own, variables, textFor, wrong }: Arranging,
): Pick<Form, "fields" | "advanced" | "left"> {
  const rank = ({ required, advanced }: ModuleVariable) => (required ? 0 : advanced ? 2 : 1);
  const ranked = variables
    .map((variable) => ({ variable, text: textFor(variable) }))
    .toSorted((one, other) => rank(one.variable) - rank(other.variable));
  const roomy = ranked.filter(({ text }) => fits(text));
  const shown = roomy.slice(0, MOST_FIELDS - own.length);
  const fieldsOf = (isAdvanced: boolean) =>
    shown
      .filter(({ variable }) => (rank(variable) === 2) === isAdvanced)
      .map(({ variable, text }) => variableField(setting, variable, text));
  const left = ranked.filter((each) => !shown.includes(each));
  return {
    fields: [...own, ...fieldsOf(false)].map((field) => marked(field, wrong)),
    advanced: fieldsOf(true).map((field) => marked(field, wrong)),
    left: left.map(({ variable }) => variable.label[setting.lang]),
  };
}

function marked(field: Field, wrong: Wrong): Field {
  const problem = wrong.get(field.id);
  return problem === undefined ? field : { ...field, problem };
}
