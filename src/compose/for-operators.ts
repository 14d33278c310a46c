import { StartRefused } from "#config/start-refused.ts";
import { StatePortTaken } from "#http/state-listener.ts";
import { WrongSecretKey } from "#persistence/keys.ts";
import { PolicyFileWrong } from "#persistence/policy-file.ts";
import { TokenFileWrong } from "#persistence/token-file.ts";
import { BrokenModule } from "#runner/broken-module.ts";

const KINDS = [
  StartRefused,
  WrongSecretKey,
  StatePortTaken,
  BrokenModule,
  PolicyFileWrong,
  TokenFileWrong,
];

/** True when the message alone tells the operator what to change; else it is a failure of ours. */
export function isForOperators(error: unknown): error is Error {
  return KINDS.some((kind) => error instanceof kind);
}
