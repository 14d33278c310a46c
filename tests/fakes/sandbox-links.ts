import type { Cookie, Link, SandboxLinks, Session } from "#sandbox/ports.ts";

/** The port in memory; the tests of the real store say that both keep the same rules. */
export function fakeSandboxLinks(): SandboxLinks {
  const links = new Map<string, Link>();
  const cookies = new Map<string, Cookie>();
  const sessions = new Map<string, Session>();
  return {
    async add(link) {
      links.set(link.secretHash, link);
    },
    find: async (secretHash) => links.get(secretHash) ?? null,
    async spend(secretHash, at, { session, cookie }) {
      const link = links.get(secretHash);
      if (link === undefined || link.usedAt !== null || link.expiresAt <= at) {
        return false;
      }
      links.set(secretHash, { ...link, usedAt: at });
      if (session !== null) {
        sessions.set(session.id, session);
      }
      cookies.set(cookie.cookieHash, cookie);
      return true;
    },
    async personOf(cookieHash, at) {
      const cookie = cookies.get(cookieHash);
      return cookie !== undefined && cookie.expiresAt > at ? cookie.person : null;
    },
    session: async (id) => sessions.get(id) ?? null,
    async endSession(id, at) {
      const session = sessions.get(id);
      if (session !== undefined && session.endsAt > at) {
        sessions.set(id, { ...session, endsAt: at });
      }
    },
    async forget(before) {
      for (const [key, link] of links) {
        if (link.expiresAt < before) {
          links.delete(key);
        }
      }
    },
  };
}
