import { expect, test } from "vitest";
import type { Card } from "#bots/card.ts";
import { approvalCard } from "#bots/cards/approval.ts";
import * as facts from "#bots/cards/sample-facts.ts";
import { reportCard } from "#bots/cards/report.ts";
import { adaptiveCard } from "#bots/render/adaptive-card.ts";
import { plain, safeLink } from "#bots/render/plain.ts";

const ATTACKS = [
  "<!channel>",
  "<https://evil|Approve>",
  "**bold**",
  "[x](javascript:alert(1))",
  "<img src=x onerror=alert(1)>",
  "{{DATE(2020-01-01T00:00:00Z)}}",
];

test.each(ATTACKS)("%s in an address, a reason and a name stays literal text", (attack) => {
  const plan = facts.planOf(
    [{ address: `aws_vpc.a["${attack}"]`, type: "aws_vpc", action: "delete", reason: attack }],
    { level: "high", reasons: [{ rule: "iam", address: attack, params: {} }] },
  );
  const votes = [facts.vote(facts.PEOPLE.lead, "reject", attack)];

  const card = approvalCard({
    setting: { ...facts.setting("en"), names: { dev: attack } },
    deployment: { ...facts.deployment(), name: attack, module: attack },
    change: facts.ended({ outcome: "rejected", plan, votes }),
    tally: facts.tally(1),
  });

  expectOnlyPlainRuns(card, attack);
});

test.each(ATTACKS)("%s in a diagnostic, an output and an id stays literal text", (attack) => {
  const deployment = facts.deployment({
    standing: { is: "live" },
    outputs: [{ name: attack, value: attack, sensitive: false }],
    resources: [{ address: attack, type: "x", id: attack }],
  });
  const reason = { code: "failed", params: { error: attack } };

  const card = reportCard({
    setting: facts.setting("en"),
    deployment,
    change: facts.ended({ outcome: "failed", reason }),
  });

  expectOnlyPlainRuns(card, attack);
});

test("terminal escapes, reversed reading order and other control characters are taken out", () => {
  const escaped = "\u001b[31mred\u001b[0m \u001b]0;title\u0007\u202egpj.exe\u0000\r\nnext\tcell";

  const shown = plain(escaped);

  expect(shown).toBe("red gpj.exe\nnext\tcell");
});

test("only web addresses become links", () => {
  const links = ["javascript:alert(1)", "data:text/html,x", "https://a.example/b c", "file:///etc"];

  const safe = links.map(safeLink);

  expect(safe).toEqual([null, null, null, null]);
  expect(safeLink("https://a.example/b")).toBe("https://a.example/b");
});

/** The text is there, in runs that no host reads as Markdown, and nothing links or presses by it. */
function expectOnlyPlainRuns(card: Card, attack: string): void {
  const rendered = adaptiveCard(card);
  const found: Record<string, unknown>[] = [];
  JSON.stringify(rendered.body, (_key, value: unknown) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      const own = Object.fromEntries(Object.entries(value));
      if (Object.values(own).some((part) => typeof part === "string" && includes(part, attack))) {
        found.push(own);
      }
    }
    return value;
  });

  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map(({ type }) => type))).toEqual(new Set(["TextRun"]));
  expect(found.every((run) => !("selectAction" in run))).toBe(true);
  expect(JSON.stringify(rendered)).not.toContain('"TextBlock"');
  expect(JSON.stringify(rendered)).not.toContain("{{DATE");
}

function includes(text: string, attack: string): boolean {
  return text.replaceAll("\u200b", "").includes(attack);
}
