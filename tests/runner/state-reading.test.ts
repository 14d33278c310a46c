import { expect, test } from "vitest";
import { createRedactor } from "#runner/redact.ts";
import { readState } from "#runner/state-reading.ts";

const STATE = JSON.stringify({
  version: 4,
  outputs: {
    arn: { value: "arn:aws:sim" },
    password: { value: "hunter2-correct", sensitive: true },
    subnets: { value: ["subnet-1"] },
    vpc_id: { value: "vpc-1" },
  },
});

test("outputs that the module names are told first, the others as Terraform lists them", () => {
  const first = ["vpc_id", "gone", "subnets"];

  const { outputs } = readState(STATE, { redact: createRedactor([]), first });

  expect(outputs).toEqual([
    { name: "vpc_id", value: "vpc-1", sensitive: false },
    { name: "subnets", value: '["subnet-1"]', sensitive: false },
    { name: "arn", value: "arn:aws:sim", sensitive: false },
    { name: "password", value: "", sensitive: true },
  ]);
});
