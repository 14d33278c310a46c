import { expect, test } from "vitest";
import { fitsRequired } from "#runner/required-version.ts";

test.each([
  [">= 1.11.0, < 2.0.0", "1.11.4", true],
  [">= 1.11.0, < 2.0.0", "1.6.2", false],
  [">= 1.6.0, < 2.0.0", "1.6.2", true],
  [">= 1.6.0, < 2.0.0", "2.0.0", false],
  [">= 1.9", "1.10.0", true],
  ["1.6.2", "1.6.2", true],
  ["= 1.6", "1.6.0", true],
  ["= 1.6.1", "1.6.2", false],
  ["!= 1.6.2", "1.6.2", false],
  ["> 1.6.2", "1.6.2", false],
  ["<= 1.6.2", "1.6.2", true],
  ["~> 1.6", "1.11.4", true],
  ["~> 1.6", "2.0.0", false],
  ["~> 1.6.1", "1.6.2", true],
  ["~> 1.6.1", "1.7.0", false],
  ["~> 1.6.3", "1.6.2", false],
])("required_version “%s” on %s: %s", (required, version, fits) => {
  expect(fitsRequired(required, version)).toBe(fits);
});

test("a pre-release counts as its release, as Terraform counts it", () => {
  expect(fitsRequired(">= 1.12.0", "1.12.0-beta1")).toBe(true);
});

test("what is no constraint that we know is left to Terraform", () => {
  expect(fitsRequired("somewhat new", "1.6.2")).toBe(true);
  expect(fitsRequired("somewhat new, < 1.0.0", "1.6.2")).toBe(false);
});
