import type { Announcement } from "#deployments/announcement.ts";
import type { Database } from "./database.ts";
import type { Transaction } from "./transaction.ts";

/** Asks the announcer to bring these cards up to date, in the transaction of what they show. */
export async function announceRows(
  tx: Transaction | Database,
  announcements: readonly Announcement[],
): Promise<void> {
  for (const { deployment, card, ...about } of announcements) {
    await tx("announcements").insert({
      deployment_id: deployment,
      change_id: "change" in about ? about.change : null,
      run_id: "run" in about ? about.run : null,
      card,
    });
  }
}
