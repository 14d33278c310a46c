import type { Reply, Shown, Speaker } from "#agent/ports.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Catalogue, Regions } from "#deployments/ports.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { isSimulated } from "#deployments/cloud-kind.ts";
import { CONVERSATION } from "#text/conversation.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import { say, type Lang } from "#text/wording.ts";
import { aboutCard, type ShownIsolation } from "./cards/about.ts";
import { adviceCard } from "./cards/advice.ts";
import { askCard } from "./cards/ask.ts";
import { formCard } from "./cards/form.ts";
import { helpCard } from "./cards/help.ts";
import { logsCard } from "./cards/logs.ts";
import { exampleOf, modulesCard } from "./cards/modules.ts";
import type { Setting } from "./cards/parts.ts";
import { refusalCard } from "./cards/refusal.ts";
import { deploymentCard, statusCard } from "./cards/status.ts";
import type { Card } from "./card.ts";
import { newForm, type FormSetting } from "./forms/deployment-form.ts";
import type { Form } from "./forms/form.ts";
import { wrongFields } from "./forms/refused-fields.ts";
import { settingFor, settingOf, type SettingSource } from "./people.ts";
import type { Content, LearningCards, OutgoingMessage } from "./ports.ts";

export type ReplyParts = SettingSource & {
  readonly catalogue: Catalogue;
  readonly regions: Regions;
  readonly learning: LearningCards;
  readonly isolation: ShownIsolation;
};

/** Who is answered; `presser` is the platform user of a press, null for something said. */
export type Asker = { readonly speaker: Speaker; readonly presser: string | null };

/**
 * Everything a reply shows, as messages for the thread it was asked in. What was said there is
 * answered there; a refused press is for the presser alone.
 */
export async function drawReply(
  parts: ReplyParts,
  { speaker, presser }: Asker,
  reply: Reply,
): Promise<OutgoingMessage[]> {
  const setting = settingFor(parts, speaker.lang, reply.offline);
  const messages: OutgoingMessage[] = [];
  for (const shown of reply.shown) {
    const content = await drawShown(parts, { speaker, setting, model: reply.model, shown });
    if (content !== null) {
      const { place, requestKey } = speaker;
      const card = `${kindOf(shown)}:${requestKey}:${messages.length}`;
      const onlyFor = shown.show === "refusal" ? presser : null;
      messages.push({ card, revision: 1, place, onlyFor, content });
    }
  }
  return messages;
}

export function drawRefusal(setting: Setting, refusal: Refusal): Content {
  return asContent(refusalCard({ setting, refusal }), []);
}

/** A card as a message says it, with the deployments that it tells of. */
export function asContent(card: Card, deployments: readonly Pick<Deployment, "id">[]): Content {
  return { text: card.fallback, card, about: deployments.map(({ id }) => id) };
}

/** The card key of a shown lesson tells which one, so that its Next edits it in place. */
export function lessonKey(lesson: string): string {
  return `lesson:${lesson}`;
}

function kindOf(shown: Shown): string {
  return shown.show === "lesson" ? lessonKey(shown.lesson) : "reply";
}

type Drawing = {
  readonly speaker: Speaker;
  readonly setting: Setting;
  readonly model: string;
  readonly shown: Shown;
};

async function drawShown(parts: ReplyParts, drawing: Drawing): Promise<Content | null> {
  const { setting, shown } = drawing;
  if (shown.show === "nothing") {
    return null;
  }
  if (shown.show === "say") {
    return { text: spoken(shown.text, setting), card: null, about: [] };
  }
  if (shown.show === "refusal") {
    return drawRefusal(setting, shown.refusal);
  }
  if (shown.show === "lessons" || shown.show === "lesson" || shown.show === "learning") {
    return drawLearning(parts.learning, drawing, shown);
  }
  return asContent(drawCard(parts, drawing, shown), deploymentsOn(shown));
}

type Drawn = Exclude<
  Shown,
  { show: "nothing" | "say" | "refusal" | "lessons" | "lesson" | "learning" }
>;

/** What the card is about that stands in a cloud, or would. */
function placedOn(parts: ReplyParts, shown: Drawn): readonly Pick<Deployment, "simulated">[] {
  return shown.show === "form"
    ? [{ simulated: isSimulated(shown.module.cloud, parts) }]
    : deploymentsOn(shown);
}

function deploymentsOn(shown: Drawn): readonly Deployment[] {
  switch (shown.show) {
    case "status":
      return shown.deployments;
    case "advice":
    case "deployment":
    case "logs":
      return [shown.deployment];
    case "help":
    case "about":
    case "modules":
    case "form":
    case "ask":
      return [];
  }
}

function drawCard(parts: ReplyParts, drawing: Drawing, shown: Drawn): Card {
  const { setting: plain, model } = drawing;
  const { catalogue, simulated, isolation } = parts;
  const setting = settingOf(plain, placedOn(parts, shown));
  switch (shown.show) {
    case "help":
      return helpCard({ setting, examples: examplesOf(setting, catalogue) });
    case "about":
      return aboutCard({ setting: { ...setting, simulated }, model, isolation });
    case "modules":
      return modulesCard({ setting, modules: shown.modules });
    case "form":
      return formCard({ setting, form: formOf(parts, drawing.speaker, shown) });
    case "status":
      return statusCard({ setting, deployments: shown.deployments });
    case "advice":
      return adviceCard({ ...shown, setting, notes: [] });
    case "deployment":
      return deploymentCard({ setting, deployment: shown.deployment });
    case "logs":
      return logsCard({ setting, deployment: shown.deployment, events: shown.events });
    case "ask":
      return askCard({ setting, question: shown.question, choices: shown.choices });
  }
}

/** What a form is drawn with: what this person may choose, at this moment. */
export function formSetting(
  { policy, regions, simulated }: Pick<ReplyParts, "policy" | "regions" | "simulated">,
  viewer: Viewer,
  lang: Lang,
): FormSetting {
  return { lang, viewer, policy: policy.current(), simulated, regions: regions.all() };
}

function formOf(
  parts: ReplyParts,
  { viewer, lang }: Speaker,
  { module, given, problems }: Extract<Shown, { show: "form" }>,
): Form {
  const wrong = wrongFields(problems, lang);
  return newForm(formSetting(parts, viewer, lang), { module, given, entered: {}, wrong });
}

function examplesOf(setting: Setting, catalogue: Catalogue): string[] {
  return catalogue
    .modules()
    .slice(0, 1)
    .map((module) => exampleOf(setting, module));
}

type LearningShown = Extract<Shown, { show: "lessons" | "lesson" | "learning" }>;

async function drawLearning(
  learning: LearningCards,
  { speaker, setting }: Drawing,
  shown: LearningShown,
): Promise<Content> {
  const { viewer, lang } = speaker;
  const card = await learningCard(learning, shown, { viewer, lang });
  return isRefusal(card) ? drawRefusal(setting, card) : asContent(card, []);
}

function learningCard(
  learning: LearningCards,
  shown: LearningShown,
  { viewer, lang }: { viewer: Speaker["viewer"]; lang: Lang },
): Promise<Card | Refusal> {
  switch (shown.show) {
    case "lesson":
      return learning.lesson(viewer, lang, { lesson: shown.lesson, step: shown.step });
    case "lessons":
      return learning.lessons(viewer, lang, shown.query);
    case "learning":
      return learning.progress(viewer, lang);
  }
}

/** A bare sentence has no badge, so it says itself who speaks. */
function spoken(text: string, { offline, lang }: Setting): string {
  return offline ? say(CONVERSATION.offlineReply, lang, { text }) : text;
}
