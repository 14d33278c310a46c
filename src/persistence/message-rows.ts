import { z } from "zod";
import type { Place } from "#deployments/deployment.ts";
import { DeploymentId } from "#deployments/ids.ts";
import type { Card } from "#bots/card.ts";
import type { OutgoingMessage } from "#bots/ports.ts";
import type { Database } from "./database.ts";
import { json, type Transaction } from "./transaction.ts";

/**
 * A card as it was stored. Only this program writes these rows, so a look at its frame is enough;
 * what comes back from a press is parsed on its own.
 */
export const StoredCard = z.custom<Card>((value) => Frame.safeParse(value).success);

const Frame = z.looseObject({
  title: z.string(),
  fallback: z.string(),
  badges: z.array(z.string()),
  body: z.array(z.looseObject({ kind: z.string() })),
  actions: z.array(z.looseObject({ label: z.string(), value: z.unknown() })),
});

export const MessageContent = z.object({
  text: z.string(),
  card: StoredCard.nullable(),
  about: z.array(DeploymentId).default([]),
});
export type MessageContent = z.infer<typeof MessageContent>;

export function placeKey({ platform, conversation, thread }: Place): string {
  return json([platform, conversation, thread]);
}

export function insertRow(db: Database | Transaction, message: OutgoingMessage) {
  return db("messages").insert({
    card: message.card,
    revision: message.revision,
    platform: message.place.platform,
    place: json(message.place),
    place_key: placeKey(message.place),
    only_for: message.onlyFor ?? "",
    content: json(message.content),
  });
}
