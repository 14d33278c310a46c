import { DAYS, type Freeze, type Window } from "./policy-rules.ts";

/** Why nobody may approve now, and from when on somebody may. */
export type Closed =
  | { readonly why: "freeze"; readonly reason: string; readonly opens: Date; readonly zone: string }
  | { readonly why: "window"; readonly opens: Date; readonly zone: string };

/** Null while votes count. A freeze is told before a window, because it is the rarer thing. */
export function closedAt(
  now: Date,
  { freezes, windows }: { freezes: readonly Freeze[]; windows: readonly Window[] | undefined },
): Closed | null {
  const freeze = freezes
    .filter(({ from, until }) => (from === undefined || from <= now) && now < until)
    .toSorted((a, b) => b.until.getTime() - a.until.getTime())[0];
  if (freeze !== undefined) {
    return { why: "freeze", reason: freeze.reason, opens: freeze.until, zone: freeze.zone };
  }
  if (windows === undefined || windows.some((window) => isOpen(window, now))) {
    return null;
  }
  const [next] = windows
    .map((window) => ({ opens: nextOpening(window, now), zone: window.zone }))
    .toSorted((a, b) => a.opens.getTime() - b.opens.getTime());
  return next === undefined ? null : { why: "window", ...next };
}

/** `2026-11-23 09:00 Asia/Seoul`: the same in every language. */
export function momentIn(zone: string, at: Date): string {
  const { date, minutes } = localTime(at, zone);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${zone}`;
}

function isOpen({ days, from, to, zone }: Window, now: Date): boolean {
  const { minutes, day, dayBefore } = localTime(now, zone);
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  if (opens < closes) {
    return days.includes(day) && opens <= minutes && minutes < closes;
  }
  return (days.includes(day) && opens <= minutes) || (days.includes(dayBefore) && minutes < closes);
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** By the calendar: days of 23 and 25 hours would be left out or counted twice by the clock. */
function nextOpening({ days, from, zone }: Window, now: Date): Date {
  const today = Date.parse(`${localTime(now, zone).date}T00:00:00Z`);
  const moments = Array.from({ length: 9 }, (_each, ahead) => {
    const midnight = new Date(today + ahead * DAY_MS);
    const date = midnight.toISOString().slice(0, 10);
    return { day: dayOf(midnight), at: instantOf(date, minutesOf(from), zone) };
  });
  const next = moments.find(({ day, at }) => days.includes(day) && at > now);
  return next?.at ?? new Date(now.getTime() + 7 * DAY_MS);
}

/** The zone's offset is looked up twice, because the first guess may lie beyond a clock change. */
function instantOf(date: string, minutes: number, zone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS;
  const guess = wanted - offsetMs(new Date(wanted), zone);
  return new Date(wanted - offsetMs(new Date(guess), zone));
}

function offsetMs(at: Date, zone: string): number {
  const { date, minutes } = localTime(at, zone);
  const local = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS;
  return local - Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
}

function localTime(at: Date, zone: string) {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  const date = `${parts["year"]}-${parts["month"]}-${parts["day"]}`;
  const midnight = new Date(`${date}T00:00:00Z`);
  return {
    date,
    minutes: Number(parts["hour"]) * 60 + Number(parts["minute"]),
    day: dayOf(midnight),
    dayBefore: dayOf(new Date(midnight.getTime() - DAY_MS)),
  };
}

function dayOf(midnight: Date) {
  return DAYS[midnight.getUTCDay()] ?? "sun";
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
