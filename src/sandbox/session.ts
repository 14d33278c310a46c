import { refusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import { hashOf, isSecret, linkUrl, newSecret, type RandomBytes } from "./link.ts";
import type { SandboxLimits } from "./limits.ts";
import type { Link, SandboxLinks, Session } from "./ports.ts";

/** Who asks for which lesson's shell; the door has verified the person. */
export type ShellWish = { readonly person: string; readonly lesson: string; readonly lang: Lang };

/** Who asks for which page of ours; whether they may see it is asked when they look. */
export type PageWish = { readonly person: string; readonly path: string; readonly lang: Lang };

/** What a browser got for its secret: where to go, and the cookie that lets it in. */
export type Entry = { readonly path: string; readonly cookie: string };

export type Sandbox = {
  /** A new one-time link `PUBLIC_URL/s#<secret>` for that person alone. */
  open(wish: ShellWish): Promise<{ readonly url: string } | Refusal>;
  /** The same to a page. */
  openPage(wish: PageWish): Promise<{ readonly url: string }>;
  /** Uses a link up. `cookie` is what the browser already has, or null. */
  spend(secret: string, cookie: string | null): Promise<Entry | Refusal>;
  /** The session behind a page or a socket, if this browser's person may enter it now. */
  enter(session: string, cookie: string | null): Promise<Session | Refusal>;
  /** Whose browser this is now; null when nobody's. */
  person(cookie: string | null): Promise<string | null>;
};

export type SandboxDeps = {
  readonly links: SandboxLinks;
  readonly limits: SandboxLimits;
  readonly publicUrl: () => string;
  readonly now: () => Date;
  readonly randomBytes: RandomBytes;
  /** Whether the policy of this moment lets the person have a shell. */
  readonly mayUse: (person: string) => Promise<boolean>;
  /** Refuses when the person or the host has as many shells as it may. */
  readonly room: (person: string) => Refusal | null;
};

const DAY_MS = 24 * 60 * 60_000;

export function sandbox(deps: SandboxDeps): Sandbox {
  return {
    open: (wish) => open(deps, wish),
    openPage: ({ path, ...wish }) => linkTo(deps, { ...wish, goal: { is: "page", path } }),
    spend: (secret, cookie) => spend(deps, secret, cookie),
    enter: (session, cookie) => enter(deps, session, cookie),
    person: async (cookie) => (await browserOf(deps, cookie, deps.now()))?.person ?? null,
  };
}

async function open(deps: SandboxDeps, wish: ShellWish): Promise<{ url: string } | Refusal> {
  const { lesson, ...who } = wish;
  return deps.room(wish.person) ?? (await linkTo(deps, { ...who, goal: { is: "shell", lesson } }));
}

async function linkTo(
  deps: SandboxDeps,
  wish: Pick<Link, "person" | "goal" | "lang">,
): Promise<{ url: string }> {
  const at = deps.now().getTime();
  const secret = newSecret(deps.randomBytes);
  await deps.links.forget(new Date(at - DAY_MS));
  await deps.links.add({
    ...wish,
    secretHash: hashOf(secret),
    expiresAt: new Date(at + deps.limits.linkTtlMs),
    usedAt: null,
  });
  return { url: linkUrl(deps.publicUrl(), secret) };
}

async function spend(
  deps: SandboxDeps,
  secret: string,
  cookie: string | null,
): Promise<Entry | Refusal> {
  const at = deps.now();
  const link = isSecret(secret) ? await deps.links.find(hashOf(secret)) : null;
  if (link === null) {
    return refusal("link-unknown");
  }
  if (link.usedAt !== null || link.expiresAt <= at) {
    return over(deps);
  }
  const browser = await browserOf(deps, cookie, at);
  if (browser !== null && browser.person !== link.person) {
    return refusal("link-of-another");
  }
  const refused = await refusedGoal(deps, link);
  if (refused !== null) {
    return refused;
  }
  // A browser that is this person's keeps its cookie, so that its other shells stay open.
  const kept = browser?.cookie ?? newSecret(deps.randomBytes);
  return use(deps, { link, at, cookie: kept });
}

/** A page asks for itself what its person may see. */
async function refusedGoal(deps: SandboxDeps, { goal, person }: Link): Promise<Refusal | null> {
  const isOpen = goal.is === "page" || (await deps.mayUse(person));
  return isOpen ? null : refusal("shell-not-allowed", { person });
}

async function use(
  deps: SandboxDeps,
  spent: { link: Link; at: Date; cookie: string },
): Promise<Entry | Refusal> {
  const { link, at, cookie } = spent;
  const endsAt = new Date(at.getTime() + deps.limits.hardEndMs);
  const { person, goal, lang } = link;
  const id = newSessionId(deps.randomBytes);
  const session = goal.is === "shell" ? { id, person, lesson: goal.lesson, lang, endsAt } : null;
  const path = goal.is === "shell" ? `/shell/${id}` : `${goal.path}?lang=${lang}`;
  const won = await deps.links.spend(link.secretHash, at, {
    session,
    cookie: { cookieHash: hashOf(cookie), person, expiresAt: endsAt },
  });
  return won ? { path, cookie } : over(deps);
}

async function enter(
  deps: SandboxDeps,
  id: string,
  cookie: string | null,
): Promise<Session | Refusal> {
  const at = deps.now();
  const browser = await browserOf(deps, cookie, at);
  if (browser === null) {
    return refusal("shell-over");
  }
  const { person } = browser;
  const session = isSessionId(id) ? await deps.links.session(id) : null;
  if (session !== null && session.person !== person) {
    return refusal("link-of-another");
  }
  if (session === null || session.endsAt <= at) {
    return refusal("shell-over");
  }
  return (await deps.mayUse(person)) ? session : refusal("shell-not-allowed", { person });
}

async function browserOf(
  deps: SandboxDeps,
  cookie: string | null,
  at: Date,
): Promise<{ cookie: string; person: string } | null> {
  const person = cookie === null ? null : await deps.links.personOf(hashOf(cookie), at);
  return cookie === null || person === null ? null : { cookie, person };
}

function over(deps: SandboxDeps): Refusal {
  return refusal("link-over", { minutes: Math.round(deps.limits.linkTtlMs / 60_000) });
}

function newSessionId(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(12)).toString("base64url");
}

function isSessionId(text: string): boolean {
  return /^[A-Za-z0-9_-]{16}$/.test(text);
}
