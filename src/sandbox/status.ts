import type { RefusalCode } from "#text/refusals.ts";

/** The HTTP status of a refusal of links and shells; the same for pages and sockets. */
export function statusOf(code: RefusalCode): number {
  return STATUS.get(code) ?? 409;
}

const STATUS = new Map<RefusalCode, number>([
  ["link-malformed", 400],
  ["shell-over", 401],
  ["wrong-origin", 403],
  ["link-of-another", 403],
  ["shell-not-allowed", 403],
  ["link-unknown", 404],
  ["link-over", 410],
  ["shell-open-elsewhere", 429],
  ["too-many-shells", 429],
  ["host-full", 429],
]);
