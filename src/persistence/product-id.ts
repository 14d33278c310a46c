import { randomBytes } from "node:crypto";
import type { Database } from "./database.ts";

const KEY = "product-id";

/** Names this database among all that a shared Redis may serve; made once, by whoever comes first. */
export async function productId(db: Database): Promise<string> {
  await db("settings")
    .insert({ key: KEY, value: Buffer.from(randomBytes(8).toString("hex")) })
    .onConflict("key")
    .ignore();
  const row: { value: Buffer } = await db("settings").where({ key: KEY }).first("value");
  return row.value.toString("utf8");
}
