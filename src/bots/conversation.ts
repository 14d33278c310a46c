import type { Agent, Speaker } from "#agent/ports.ts";
import { isRefusal } from "#text/refusal.ts";
import { languageOf, type Lang } from "#text/wording.ts";
import { readCommand } from "./command.ts";
import { settingFor, type Known } from "./people.ts";
import type { Incoming, OutgoingMessage } from "./ports.ts";
import { drawRefusal, drawReply, type ReplyParts } from "./reply.ts";

export type ConversationParts = ReplyParts & { readonly agent: Agent };

type Said = { readonly incoming: Incoming; readonly known: Known; readonly lang?: Lang };

/**
 * Answers what a person said: a command goes straight to its tool, plain words go to the agent.
 * The answer is in the language of the words; a command, which has none, takes the person's. What a
 * button says is answered in the language of its card.
 */
export async function converse(
  parts: ConversationParts,
  { incoming, known, lang: ofCard }: Said,
  text: string,
): Promise<OutgoingMessage[]> {
  const command = readCommand(text);
  const spoken = languageOf(text);
  const lang = ofCard ?? (command === null ? spoken : (known.lang ?? shownIn(incoming, spoken)));
  const { place, key: requestKey } = incoming;
  const speaker: Speaker = { viewer: known.viewer, lang, place, requestKey };
  const presser = incoming.kind === "press" ? incoming.user : null;
  const asker = { speaker, presser };
  if (command === null) {
    return drawReply(parts, asker, await parts.agent.turn(speaker, text));
  }
  if (isRefusal(command)) {
    const content = drawRefusal(settingFor(parts, lang), command);
    return [{ card: `reply:${requestKey}:0`, revision: 1, place, onlyFor: presser, content }];
  }
  const reply = await parts.agent.run(speaker, command.tool, command.input);
  return drawReply(parts, asker, reply);
}

/** Hangul in a command is a choice; without it, the language of what the person looks at. */
function shownIn(incoming: Incoming, spoken: Lang): Lang {
  const shown = incoming.kind === "message" ? incoming.lang : undefined;
  return spoken === "ko" ? spoken : (shown ?? spoken);
}
