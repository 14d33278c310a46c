import { z } from "zod";
import type { Cookie, Link, SandboxLinks, Session } from "#sandbox/ports.ts";
import type { Database } from "./database.ts";
import type { Transaction } from "./transaction.ts";

const LinkRow = z.object({
  secret_hash: z.string(),
  person: z.string(),
  lesson: z.string().nullable(),
  page: z.string().nullable(),
  lang: z.enum(["en", "ko"]),
  expires_at: z.date(),
  used_at: z.date().nullable(),
});

const SessionRow = z.object({
  id: z.string(),
  person: z.string(),
  lesson: z.string(),
  lang: z.enum(["en", "ko"]),
  ends_at: z.date(),
});

const CookieRow = z.object({ person: z.string() });

export function sandboxLinks(db: Database): SandboxLinks {
  return {
    add: (link) => add(db, link),
    find: (secretHash) => find(db, secretHash),
    spend: (secretHash, at, entry) => db.transaction((tx) => spend(tx, { secretHash, at, entry })),
    personOf: (cookieHash, at) => personOf(db, cookieHash, at),
    session: (id) => session(db, id),
    endSession: async (id, at) => {
      await db("sandbox_sessions").where({ id }).where("ends_at", ">", at).update({ ends_at: at });
    },
    forget: (before) => forget(db, before),
  };
}

async function add(db: Database, link: Link): Promise<void> {
  await db("sandbox_links").insert({
    secret_hash: link.secretHash,
    person: link.person,
    lesson: link.goal.is === "shell" ? link.goal.lesson : null,
    page: link.goal.is === "page" ? link.goal.path : null,
    lang: link.lang,
    expires_at: link.expiresAt,
    used_at: link.usedAt,
  });
}

async function find(db: Database, secretHash: string): Promise<Link | null> {
  const found: unknown = await db("sandbox_links").where({ secret_hash: secretHash }).first();
  if (found === undefined) {
    return null;
  }
  const row = LinkRow.parse(found);
  return {
    secretHash: row.secret_hash,
    person: row.person,
    goal:
      row.page === null
        ? { is: "shell", lesson: row.lesson ?? "" }
        : { is: "page", path: row.page },
    lang: row.lang,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  };
}

async function spend(
  tx: Transaction,
  spent: { secretHash: string; at: Date; entry: { session: Session | null; cookie: Cookie } },
): Promise<boolean> {
  const { secretHash, at, entry } = spent;
  const used = await tx("sandbox_links")
    .where({ secret_hash: secretHash, used_at: null })
    .where("expires_at", ">", at)
    .update({ used_at: at });
  if (used !== 1) {
    return false;
  }
  const { session, cookie } = entry;
  if (session !== null) {
    const { endsAt, ...same } = session;
    await tx("sandbox_sessions").insert({ ...same, ends_at: endsAt });
  }
  await tx("sandbox_cookies")
    .insert({
      cookie_hash: cookie.cookieHash,
      person: cookie.person,
      expires_at: cookie.expiresAt,
    })
    .onConflict("cookie_hash")
    .merge(["expires_at"]);
  return true;
}

async function personOf(db: Database, cookieHash: string, at: Date): Promise<string | null> {
  const found: unknown = await db("sandbox_cookies")
    .where({ cookie_hash: cookieHash })
    .where("expires_at", ">", at)
    .first("person");
  return found === undefined ? null : CookieRow.parse(found).person;
}

async function session(db: Database, id: string): Promise<Session | null> {
  const found: unknown = await db("sandbox_sessions").where({ id }).first();
  if (found === undefined) {
    return null;
  }
  const { ends_at: endsAt, person, lesson, lang } = SessionRow.parse(found);
  return { id, person, lesson, lang, endsAt };
}

async function forget(db: Database, before: Date): Promise<void> {
  await db("sandbox_links").where("expires_at", "<", before).delete();
  await db("sandbox_cookies").where("expires_at", "<", before).delete();
  await db("sandbox_sessions").where("ends_at", "<", before).delete();
}
