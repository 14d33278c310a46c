import type { Speaker } from "#agent/ports.ts";
import { askedBy, planOutcome } from "#agent/tools/parts.ts";
import { DeploymentId } from "#deployments/ids.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Deployments, Module } from "#deployments/ports.ts";
import type { DeploymentService } from "#deployments/service.ts";
import { FORM } from "#text/forms.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import { say } from "#text/wording.ts";
import type { ButtonValue, Card } from "./card.ts";
import { formCard, sentCard } from "./cards/form.ts";
import { changeForm, newForm, type Wrong } from "./forms/deployment-form.ts";
import { OWN_FIELDS, type Form } from "./forms/form.ts";
import { readChangeForm, readNewForm } from "./forms/read-form.ts";
import { refusedFields, wrongFields } from "./forms/refused-fields.ts";
import { settingFor, settingOf } from "./people.ts";
import { answered, NOTHING, refused, toPresser, type Acting, type Pressed } from "./pressing.ts";
import { asContent, drawReply, formSetting, type ReplyParts } from "./reply.ts";

export type FormPressParts = ReplyParts & {
  readonly deployments: Pick<Deployments, "seen">;
  readonly service: DeploymentService;
};

type Of<Does extends ButtonValue["do"]> = Extract<ButtonValue, { do: Does }>;

export type FormValue = Of<"form" | "request" | "values" | "change">;

export function isFormValue(value: ButtonValue): value is FormValue {
  const { do: does } = value;
  return does === "form" || does === "request" || does === "values" || does === "change";
}

/** Opens a form, or takes one that was sent. Values are untrusted: everything is looked up anew. */
export async function pressForm(
  parts: FormPressParts,
  acting: Acting,
  value: FormValue,
): Promise<Pressed> {
  switch (value.do) {
    case "form":
      return openNewForm(parts, acting, value);
    case "values":
      return openChangeForm(parts, acting, value);
    case "request":
      return sendNewForm(parts, acting, value);
    case "change":
      return sendChangeForm(parts, acting, value);
  }
}

/** The form of a module, for the presser alone: a thread is no place for half-filled forms. */
function openNewForm(
  parts: FormPressParts,
  acting: Acting,
  { module: named }: Of<"form">,
): Pressed {
  const { press, known } = acting;
  const wanted = named ?? press.inputs[OWN_FIELDS.module] ?? "";
  const module = moduleCalled(parts, wanted);
  if (isRefusal(module)) {
    return answered([refused(parts, acting, module)]);
  }
  const setting = formSetting(parts, known.viewer, acting.lang);
  const asked = { module, given: { vars: {} }, entered: {}, wrong: NO_WRONG };
  return shownForm(parts, acting, newForm(setting, asked));
}

/** The form with the values of a deployment, for the presser alone. */
async function openChangeForm(
  parts: FormPressParts,
  acting: Acting,
  value: Of<"values">,
): Promise<Pressed> {
  const found = await standing(parts, acting, value.deployment);
  if (isRefusal(found)) {
    return answered([refused(parts, acting, found)]);
  }
  const setting = formSetting(parts, acting.known.viewer, acting.lang);
  const form = changeForm(setting, { ...found, entered: {}, wrong: NO_WRONG });
  return shownForm(parts, acting, form);
}

/** Makes a deployment of what was entered, or shows the form again with what is wrong. */
async function sendNewForm(
  parts: FormPressParts,
  acting: Acting,
  value: Of<"request">,
): Promise<Pressed> {
  if (!stillAsks(acting)) {
    return NOTHING;
  }
  const module = moduleCalled(parts, value.module);
  if (isRefusal(module)) {
    return answered([refused(parts, acting, module)]);
  }
  const entered = acting.press.inputs;
  const setting = formSetting(parts, acting.known.viewer, acting.lang);
  const again = (wrong: Wrong) => {
    const form = newForm(setting, { module, given: { vars: {} }, entered, wrong });
    return againCard(parts, acting, form);
  };
  const read = readNewForm(parts.catalogue, module, entered);
  if (read.problems.length > 0) {
    return again(wrongFields(read.problems, acting.lang));
  }
  const { team, name, environment, vars } = read;
  const speaker = speakerOf(acting);
  const made = await parts.service.request(askedBy(speaker, "request"), {
    name,
    module: module.name,
    environment,
    vars,
    ...(team === undefined ? {} : { team }),
  });
  if (isRefusal(made)) {
    return refusedForm(parts, acting, { why: made, again });
  }
  const planned = await parts.service.plan(askedBy(speaker, "plan"), made.id, {});
  return sent(parts, acting, planned);
}

/** Plans a deployment with what was entered, or shows the form again with what is wrong. */
async function sendChangeForm(
  parts: FormPressParts,
  acting: Acting,
  value: Of<"change">,
): Promise<Pressed> {
  if (!stillAsks(acting)) {
    return NOTHING;
  }
  const found = await standing(parts, acting, value.deployment);
  if (isRefusal(found)) {
    return answered([refused(parts, acting, found)]);
  }
  const entered = acting.press.inputs;
  const setting = formSetting(parts, acting.known.viewer, acting.lang);
  const again = (wrong: Wrong) =>
    againCard(parts, acting, changeForm(setting, { ...found, entered, wrong }));
  const read = readChangeForm(parts.catalogue, found, entered);
  if (read.problems.length > 0) {
    return again(wrongFields(read.problems, acting.lang));
  }
  const asked = askedBy(speakerOf(acting), "plan");
  const planned = await parts.service.plan(asked, found.deployment.id, read.vars);
  return isRefusal(planned)
    ? refusedForm(parts, acting, { why: planned, again })
    : sent(parts, acting, planned);
}

const NO_WRONG: Wrong = new Map();

/** A form is sent once: then its card has no button any more. */
function stillAsks({ posted }: Acting): boolean {
  const actions = posted.newest.content.card?.actions ?? [];
  return actions.some(({ takesFields }) => takesFields === true);
}

function moduleCalled({ catalogue }: FormPressParts, name: string): Module | Refusal {
  const modules = catalogue.modules().map((each) => each.name);
  return (
    catalogue.module(name) ??
    refusal("unknown-module", { module: name.slice(0, 64), modules: modules.join(", ") })
  );
}

async function standing(
  parts: FormPressParts,
  { known }: Acting,
  id: string,
): Promise<{ deployment: Deployment; module: Module } | Refusal> {
  const deployment = await parts.deployments.seen(known.viewer, DeploymentId.parse(id));
  if (deployment === null) {
    return refusal("not-found", { id });
  }
  const module = parts.catalogue.module(deployment.module);
  return module === null
    ? refusal("module-gone", { name: deployment.name, module: deployment.module })
    : { deployment, module };
}

/** One form and one person are one request, however often it is sent. */
function speakerOf({ press, known, lang, posted }: Acting): Speaker {
  const requestKey = `${posted.card}:${known.viewer.person}`;
  return { viewer: known.viewer, lang, place: press.place, requestKey };
}

function shownForm(parts: FormPressParts, acting: Acting, form: Form): Pressed {
  return answered([toPresser(acting, asContent(draw(parts, acting, form), []))]);
}

function draw(parts: FormPressParts, { lang }: Acting, form: Form): Card {
  return formCard({ setting: settingOf(settingFor(parts, lang), [form]), form });
}

function againCard(parts: FormPressParts, acting: Acting, form: Form): Pressed {
  return revised(acting, draw(parts, acting, form));
}

type Refused = { readonly why: Refusal; readonly again: (wrong: Wrong) => Pressed };

function refusedForm(parts: FormPressParts, acting: Acting, { why, again }: Refused): Pressed {
  const wrong = refusedFields(why, acting.lang);
  return wrong.size === 0 ? answered([refused(parts, acting, why)]) : again(wrong);
}

/** What comes of it is shown as though it had been asked for in words. */
async function sent(
  parts: FormPressParts,
  acting: Acting,
  planned: Deployment | Refusal,
): Promise<Pressed> {
  if (isRefusal(planned)) {
    return answered([refused(parts, acting, planned)]);
  }
  const { press, lang, known, posted } = acting;
  const speaker = speakerOf(acting);
  const { shown } = await planOutcome(parts, speaker, planned);
  const reply = { shown: [shown], model: "none", offline: false };
  const asker = { speaker: { ...speaker, requestKey: press.key }, presser: press.user };
  const answers = await drawReply(parts, asker, reply);
  const { card } = posted.newest.content;
  const note = say(FORM.sent, lang, { who: known.viewer.name, name: planned.name });
  const { revisions } =
    card === null ? NOTHING : revised(acting, sentCard({ card, note }), [planned]);
  return { answers, revisions };
}

function revised(
  { press, posted }: Acting,
  card: Card,
  tells: readonly Pick<Deployment, "id">[] = [],
): Pressed {
  const { card: key, newest, onlyFor } = posted;
  const { place } = press;
  const revision = newest.revision + 1;
  const content = asContent(card, [...newest.content.about.map((id) => ({ id })), ...tells]);
  return { answers: [], revisions: [{ card: key, revision, place, onlyFor, content }] };
}
