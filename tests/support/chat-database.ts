import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Database, OpenDatabase } from "#persistence/database.ts";
import type { TestDatabase } from "./databases.ts";

const CHAT = ["inbox", "messages", "console_messages", "announcements"];
const DEPLOYMENTS = [
  "done_requests",
  "drift_checks",
  "run_events",
  "runs",
  "plans",
  "votes",
  "changes",
  "deployments",
];
const TABLES = [...CHAT, ...DEPLOYMENTS];

/**
 * One database for all tests of a describe block, chats and deployments emptied before each: opening
 * the embedded one takes seconds.
 */
export function chatDatabase(open: TestDatabase["open"]): { readonly db: Database } {
  let opened: OpenDatabase | null = null;

  function db(): Database {
    if (opened === null) {
      throw new Error("the database is open only while tests run");
    }
    return opened.db;
  }

  beforeAll(async () => {
    opened = await open();
  });
  beforeEach(async () => {
    await db().raw(TABLES.map((table) => `delete from ${table}`).join("; "));
  });
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
  });
  return {
    get db() {
      return db();
    },
  };
}
