import { expect, test } from "vitest";
import type { Vars } from "#deployments/change.ts";
import type { RiskNote } from "#deployments/module-facts.ts";
import { notesOf } from "#deployments/risk-notes.ts";
import { assessRisk } from "#deployments/risk.ts";
import { When } from "#deployments/when.ts";
import { MODULE } from "#tests/support/deployments.ts";
import { sayRisk } from "#text/risk-reasons.ts";

const TEXT = { en: "NAT costs money.", ko: "NAT는 비용이 듭니다." };
const COSTS: RiskNote = {
  id: "nat-cost",
  when: When.parse("nat != none and environment == prod"),
  onChange: [],
  level: "warn",
  text: TEXT,
};
const MOVES: RiskNote = { ...COSTS, id: "moves", when: null, onChange: ["cidr"], level: "danger" };
const NAT = {
  name: "nat",
  description: "",
  required: false,
  sensitive: false,
  nullable: false,
  advanced: false,
  type: "string",
  schema: {},
  default: "single",
  label: { en: "nat", ko: "nat" },
  choices: [],
};
const NETWORK = {
  variables: [NAT],
  facts: { ...MODULE.facts, risks: [COSTS, MOVES] },
};
const EMPTY_PLAN = { applyable: false, errored: false, resource_changes: [] };

function ids(vars: Vars, before: Vars | null, environment: "dev" | "prod" = "dev") {
  return notesOf(NETWORK, { vars, before, environment }).map(({ reason }) => reason.address);
}

test("a note is shown when the values, defaults among them, are as it says", () => {
  const shown = [ids({}, null, "prod"), ids({ nat: "none" }, null, "prod"), ids({}, null)];

  expect(shown).toEqual([["nat-cost"], [], []]);
});

test("a note on a change is shown when the value differs from what stands, not on a create", () => {
  const shown = [
    ids({ cidr: "10.1.0.0/16" }, { cidr: "10.0.0.0/16" }),
    ids({ cidr: "10.0.0.0/16" }, { cidr: "10.0.0.0/16" }),
    ids({ cidr: "10.0.0.0/16" }, null),
  ];

  expect(shown).toEqual([["moves"], [], []]);
});

test("notes raise the risk of a plan and say themselves in the reader's language", () => {
  const notes = notesOf(NETWORK, {
    vars: { cidr: "b" },
    before: { cidr: "a" },
    environment: "dev",
  });

  const risk = assessRisk(EMPTY_PLAN, "dev", notes);

  expect(risk.level).toBe("high");
  expect(risk.reasons.map((reason) => [sayRisk(reason, "en"), sayRisk(reason, "ko")])).toEqual([
    [TEXT.en, TEXT.ko],
  ]);
});
