import { START_REFUSALS } from "#text/start.ts";
import { say, type Params } from "#text/wording.ts";

/** The program cannot start like this; its message is the whole sentence for the operator. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";

  constructor(code: keyof typeof START_REFUSALS, params: Params = {}) {
    super(say(START_REFUSALS[code], "en", params));
  }
}
