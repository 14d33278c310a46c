import { isDeepStrictEqual } from "node:util";
import type { Speaker } from "#agent/ports.ts";
import { DeploymentId } from "#deployments/ids.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Asked, DeploymentService } from "#deployments/service.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import { languageOf } from "#text/wording.ts";
import type { ButtonValue } from "./card.ts";
import { pressAdvice } from "./advice-press.ts";
import { pageLinkCard } from "./cards/link.ts";
import { isFormValue, pressForm, type FormPressParts, type FormValue } from "./form-press.ts";
import { deploymentCard } from "./cards/status.ts";
import { converse, type ConversationParts } from "./conversation.ts";
import { showLesson, showShell, type LearningPressParts } from "./learning-press.ts";
import { settingFor, settingOf, type Known } from "./people.ts";
import type { OpenPage, Outbox, OutgoingMessage, PostedCard, Press } from "./ports.ts";
import { answered, refused, toPresser, type Acting, type Pressed } from "./pressing.ts";
import { asContent, drawReply } from "./reply.ts";
import { castPress, entered, type VotingParts } from "./vote.ts";

export type ButtonParts = ConversationParts &
  VotingParts &
  LearningPressParts &
  FormPressParts & {
    readonly outbox: Pick<Outbox, "posted">;
    readonly service: DeploymentService;
    readonly openPage: OpenPage;
  };

/** A press can overtake the note of where its card was posted; so often we look again. */
const LOOKS = 3;

/**
 * Does what a button says, if the pressed message is ours, may be seen by the presser and offered
 * exactly this button. `later`: its card is not known yet, try again shortly.
 */
export async function press(
  parts: ButtonParts,
  pressing: { readonly press: Press; readonly known: Known; readonly attempts: number },
): Promise<Pressed | "later"> {
  const { press, known, attempts } = pressing;
  const posted = await parts.outbox.posted(press.place, press.message);
  if (posted === null && attempts < LOOKS) {
    return "later";
  }
  const spoken = posted === null ? "en" : languageOf(posted.newest.content.text);
  const lang = known.lang ?? spoken;
  if (posted === null || !offers(posted, press)) {
    return answered([refused(parts, { press, lang }, refusal("card-not-ours"))]);
  }
  return act(parts, { press, known, attempts, posted, lang });
}

function offers({ card, onlyFor, offered }: PostedCard, { value, user }: Press): boolean {
  const isTheirs = onlyFor === null || onlyFor === user;
  return isTheirs && cardFits(card, value) && offered.some((one) => isDeepStrictEqual(one, value));
}

/** A vote counts on the approval card of its own change only, whatever another card offers. */
function cardFits(card: string, value: ButtonValue): boolean {
  return value.do === "approve" || value.do === "reject"
    ? card === `approval:${value.change}`
    : true;
}

async function act(parts: ButtonParts, acting: Acting): Promise<Pressed> {
  const { press, known } = acting;
  const { value } = press;
  if (value.do === "lesson") {
    return showLesson(parts, acting, value);
  }
  if (value.do === "shell") {
    return showShell(parts, acting, value.lesson);
  }
  if (value.do === "page") {
    return showPage(parts, acting, value.deployment);
  }
  if (value.do === "say") {
    return answered(
      await converse(parts, { incoming: press, known, lang: acting.lang }, value.text),
    );
  }
  if (value.do === "fix" || value.do === "keep") {
    return pressAdvice(parts, acting, value);
  }
  if (value.do === "status") {
    return answered(await status(parts, acting, value.deployment));
  }
  if (isFormValue(value)) {
    return pressForm(parts, acting, value);
  }
  const answer = await effect(parts, acting, value);
  return isRefusal(answer)
    ? answered([refused(parts, acting, answer)])
    : answered(shownHere(parts, acting, answer));
}

/** The link is for the presser alone: whoever opens it is that person. */
async function showPage(parts: ButtonParts, acting: Acting, deployment: string): Promise<Pressed> {
  const { known, lang } = acting;
  const opened = await parts.openPage(known.viewer, lang, DeploymentId.parse(deployment));
  return answered([
    isRefusal(opened)
      ? refused(parts, acting, opened)
      : toPresser(
          acting,
          asContent(pageLinkCard({ setting: settingFor(parts, lang), ...opened }), []),
        ),
  ]);
}

/** A deployment's own cards tell what came of a press; where none of them stands, this one does. */
function shownHere(
  parts: ButtonParts,
  { press, lang }: Acting,
  deployment: Deployment | null,
): OutgoingMessage[] {
  const { key, place } = press;
  if (deployment === null || deployment.places.some((one) => isDeepStrictEqual(one, place))) {
    return [];
  }
  const setting = settingOf(settingFor(parts, lang), [deployment]);
  const content = asContent(deploymentCard({ setting, deployment }), [deployment]);
  return [{ card: `reply:${key}:0`, revision: 1, place, onlyFor: null, content }];
}

async function status(
  parts: ButtonParts,
  { press, known, lang }: Acting,
  deployment: string,
): Promise<OutgoingMessage[]> {
  const { place, key: requestKey, user: presser } = press;
  const speaker: Speaker = { viewer: known.viewer, lang, place, requestKey };
  const reply = await parts.agent.run(speaker, "get_deployment", { deployment });
  return drawReply(parts, { speaker, presser }, reply);
}

type EffectValue = Exclude<
  ButtonValue,
  { do: "lesson" | "shell" | "page" | "say" | "status" | "fix" | "keep" } | FormValue
>;

async function effect(
  parts: ButtonParts,
  { press, known, lang, attempts, posted }: Acting,
  value: EffectValue,
): Promise<Deployment | Refusal | null> {
  const { place, key: requestKey } = press;
  if (value.do === "approve" || value.do === "reject") {
    const repeated = attempts > 1;
    return castPress(parts, known.viewer, { press, posted, value, repeated });
  }
  const asked: Asked = { by: known.viewer, in: "chat", lang, place, requestKey };
  return askFor(parts.service, asked, { press, value });
}

async function askFor(
  service: DeploymentService,
  asked: Asked,
  wanted: {
    readonly press: Press;
    readonly value: Exclude<EffectValue, { do: "approve" | "reject" }>;
  },
): Promise<Deployment | Refusal> {
  const { press, value } = wanted;
  const id = DeploymentId.parse(value.deployment);
  switch (value.do) {
    case "replan":
    case "recover":
      return service.plan(asked, id, {});
    case "drift":
      return service.drift(asked, id);
    case "repair":
      return service.repair(asked, id);
    case "cancel":
      return service.cancel(asked, id);
    case "forceStop":
      return service.forceStop(asked, { id, confirmName: entered(press, "confirmName") });
    case "takeOver":
      return service.takeOver(asked, { id, confirmName: entered(press, "confirmName") });
    case "destroy":
      return service.destroy(asked, id);
  }
}
