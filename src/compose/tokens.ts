import type { Config } from "#config/config.ts";
import { StartRefused } from "#config/start-refused.ts";
import { machineBehind } from "#http/api-tokens.ts";
import type { ApiTokens } from "#http/ports.ts";
import type { PersonId } from "#deployments/ids.ts";
import { viewerOf } from "#deployments/policy.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { openTokenFile, TokenFileWrong } from "#persistence/token-file.ts";
import type { Log } from "#telemetry/log.ts";
import type { Foundation } from "./foundation.ts";

/** The API tokens of this moment; without a file there are none. */
export function openTokens(
  { apiTokensFile: file }: Config,
  log: Log,
  closing: AsyncDisposableStack,
): ApiTokens {
  if (file === null) {
    return { current: () => [] };
  }
  try {
    return closing.use(openTokenFile(file, { log }));
  } catch (error) {
    if (error instanceof TokenFileWrong) {
      throw new StartRefused("tokens-file", { file, problem: error.problem });
    }
    throw error;
  }
}

/** What a recorded requester, person or machine, may see at this moment; null: nobody any more. */
export function viewerBehind(
  { policy, tokens, clock }: Pick<Foundation, "policy" | "tokens" | "clock">,
  requester: PersonId,
): Viewer | null {
  const now = { policy: policy.current(), now: clock() };
  return viewerOf(now.policy, requester) ?? machineBehind(tokens.current(), requester, now);
}
