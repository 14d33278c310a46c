import type { AuditEvent } from "#deployments/ports.ts";
import type { Log } from "#telemetry/log.ts";
import type { TokenRefused } from "./ports.ts";

export type TokenAlarmParts = {
  /** Appends one row to the audit. */
  readonly audit: (event: AuditEvent) => Promise<void>;
  readonly clock: () => Date;
  readonly log: Log;
};

const WINDOW_MS = 60_000;
const ROWS_A_WINDOW = 10;

/**
 * Puts tokens that were turned away on the record: ten rows a minute at most, so that a stranger
 * cannot fill the audit, and then one that counts the rest.
 */
export function tokenAlarm(parts: TokenAlarmParts): (refused: TokenRefused) => void {
  let since = 0;
  let rows = 0;
  let unwritten = 0;

  function write(action: string, detail: AuditEvent["detail"]): void {
    parts.audit({ deployment: null, actor: "system", action, detail }).catch((error: unknown) => {
      parts.log.error({ err: error, action }, "a refused API token was not put on the record");
    });
  }

  return ({ why, id }) => {
    const now = parts.clock().getTime();
    if (now - since >= WINDOW_MS) {
      if (unwritten > 0) {
        write("tokens-refused", { count: unwritten });
      }
      [since, rows, unwritten] = [now, 0, 0];
    }
    if (rows === ROWS_A_WINDOW) {
      unwritten += 1;
      return;
    }
    rows += 1;
    write("token-refused", { why, token: id });
  };
}
