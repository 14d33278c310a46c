import { expect, test } from "vitest";
import type { Card } from "#bots/card.ts";
import { approvalCard } from "#bots/cards/approval.ts";
import * as facts from "#bots/cards/sample-facts.ts";
import { statusCard } from "#bots/cards/status.ts";
import type { Plan } from "#deployments/change.ts";
import type { PlannedResource } from "#deployments/plan-summary.ts";
import { adaptiveCard } from "#bots/render/adaptive-card.ts";
import { LIMITS } from "#bots/render/limits.ts";

test("a plan of 500 resources fits and still names every deletion", () => {
  const plan = facts.bigPlan();

  const json = JSON.stringify(adaptiveCard(waiting(plan)));

  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(LIMITS.adaptiveCard.jsonBytes);
  for (const index of Array(60).keys()) {
    expect(json).toContain(`[${index}]`);
  }
  expect(json).toContain("… and 430 more");
});

test("500 deletions of differently named resources are all on the card", () => {
  const names = Array.from({ length: 500 }, (_, index) => `aws_subnet.private_${index}_a`);

  const json = JSON.stringify(adaptiveCard(waiting(deleting(names))));

  expect(names.filter((name) => !json.includes(name))).toEqual([]);
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(LIMITS.adaptiveCard.jsonBytesAtMost);
  expect(json).toContain('"do":"approve"');
});

test("a card that cannot show every deletion says so and cannot be approved from", () => {
  const names = Array.from({ length: 900 }, (_, index) => `aws_subnet.${"x".repeat(80)}${index}`);

  const rendered = adaptiveCard(waiting(deleting(names)));

  const json = JSON.stringify(rendered);
  expect(json).not.toContain('"do":"approve"');
  expect(json).toContain('"do":"reject"');
  expect(json).toContain("too big");
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(LIMITS.adaptiveCard.jsonBytes);
});

test("a list of many deployments is cut and says how many are missing", () => {
  const deployments = Array.from({ length: 300 }, (_, index) =>
    facts.deployment({ name: `shop-${index}` }),
  );

  const json = JSON.stringify(
    adaptiveCard(statusCard({ setting: facts.setting("ko"), deployments })),
  );

  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(LIMITS.adaptiveCard.jsonBytes);
  expect(json).toMatch(/외 \d+개/);
  expect(json).toContain("shop-0");
});

test("lines that may not be cut stay when another block of the card is cut", () => {
  const items = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => ({
      spans: [{ text: `${name}${index}` }],
      depth: 0,
    }));
  const card: Card = {
    title: "Lists",
    tone: "neutral",
    badges: [],
    body: [
      { kind: "list", ordered: false, items: items(200, "keep") },
      { kind: "list", ordered: false, items: items(200, "cut"), more: "… and {n} more" },
    ],
    actions: [],
    fallback: "Lists",
  };

  const json = JSON.stringify(adaptiveCard(card));

  expect(json).toContain("keep199");
  expect(json).toContain("cut0");
  expect(json).toContain("… and 150 more");
});

test("a nested ordered list counts each depth for itself", () => {
  const depths = [0, 1, 1, 0, 1];
  const items = depths.map((depth) => ({ spans: [{ text: "x" }], depth }));

  const card = adaptiveCard({
    title: "Steps",
    tone: "neutral",
    badges: [],
    body: [{ kind: "list", ordered: true, items }],
    actions: [],
    fallback: "Steps",
  });

  const marks = JSON.stringify(card)
    .match(/\d\./g)
    ?.filter((mark) => mark !== "1.5");
  expect(marks?.slice(-5)).toEqual(["1.", "1.", "2.", "2.", "1."]);
});

function deleting(names: readonly string[]): Plan {
  const resources = names.map((address): PlannedResource => ({
    address,
    type: "aws_subnet",
    action: "delete",
  }));
  const reasons = names.map((address) => ({ rule: "delete" as const, address, params: {} }));
  return facts.planOf(resources, { level: "high", reasons });
}

function waiting(plan: Plan): Card {
  return approvalCard({
    setting: facts.setting("en"),
    deployment: facts.deployment(),
    change: {
      ...facts.changeFacts("update"),
      state: "awaiting_approval",
      plan,
      votes: [],
      asking: facts.asking(),
    },
    tally: facts.tally(0),
  });
}
