import type { Card } from "#bots/card.ts";
import type { Lang } from "#text/wording.ts";
import { CHANGE_SAMPLES } from "./sample-changes.ts";
import { CHECK_SAMPLES } from "./sample-checks.ts";
import { FORM_SAMPLES } from "./sample-forms.ts";
import { INFO_SAMPLES } from "./sample-info.ts";
import { LESSON_SAMPLES } from "./sample-lessons.ts";
import { VOTE_SAMPLES } from "./sample-votes.ts";

/** Every case of every card by `<card>.<case>`: the file snapshots and the gallery show them. */
export const SAMPLES: Readonly<Record<string, (lang: Lang) => Card>> = {
  ...CHANGE_SAMPLES,
  ...CHECK_SAMPLES,
  ...FORM_SAMPLES,
  ...INFO_SAMPLES,
  ...LESSON_SAMPLES,
  ...VOTE_SAMPLES,
};
