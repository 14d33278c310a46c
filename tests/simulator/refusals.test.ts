import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { found } from "#tests/support/found.ts";
import { openStage, type Stage } from "./stage.ts";

const VPC = `resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }\n`;

describe.skipIf(found.terraform === null)("what Terraform refuses by the true schemas", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    stage.write(VPC);
    await stage.terraform("init");
  });
  afterAll(() => stage.dispose());

  test.each([
    ["a mistyped argument", `cidr_blok = "10.0.0.0/16"`, 'Did you mean "cidr_block"?'],
    ["a wrong type", `tags = "none"`, "map of string required"],
    [
      "two arguments that exclude each other",
      `cidr_block = "10.0.0.0/16"\n ipv4_netmask_length = 20`,
      "conflicts with",
    ],
    ["an address range that is none", `cidr_block = "10.0.0.300/16"`, "not a valid CIDR block"],
  ])("%s", async (_, argument, sentence) => {
    stage.write(`resource "aws_vpc" "this" {\n ${argument}\n}\n`);

    const validated = await stage.terraform("validate");

    expect(validated.code).toBe(1);
    expect(validated.prose).toContain(sentence);
  });

  test("a required argument left out, and a block too many", async () => {
    stage.write(`
      resource "aws_s3_bucket_versioning" "this" {
        bucket = "a-bucket"
        versioning_configuration { status = "Enabled" }
        versioning_configuration { status = "Suspended" }
      }
      resource "aws_subnet" "this" { cidr_block = "10.0.0.0/24" }`);

    const validated = await stage.terraform("validate");

    expect(validated.prose).toContain('The argument "vpc_id" is required');
    expect(validated.prose).toContain(
      'No more than 1 "versioning_configuration" blocks are allowed',
    );
  });
});

describe.skipIf(found.terraform === null)("what the simulated AWS itself refuses", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    stage.write(VPC);
    await stage.terraform("init");
  });
  afterAll(() => stage.dispose());

  test("a taken name, a VPC that is not there, ranges outside of it or used twice", async () => {
    const taken = { id: "taken-bucket", bucket: "taken-bucket" };
    await stage.aws.create("aws_s3_bucket", "taken-bucket", taken);
    stage.write(`${VPC}
      resource "aws_s3_bucket" "this" { bucket = "taken-bucket" }
      resource "aws_subnet" "nowhere" {
        vpc_id     = "vpc-nothing"
        cidr_block = "10.0.0.0/24"
      }
      resource "aws_subnet" "outside" {
        vpc_id     = aws_vpc.this.id
        cidr_block = "10.1.0.0/24"
      }
      resource "aws_subnet" "first" {
        vpc_id     = aws_vpc.this.id
        cidr_block = "10.0.0.0/24"
      }
      resource "aws_subnet" "second" {
        vpc_id     = aws_vpc.this.id
        cidr_block = "10.0.0.128/25"
        depends_on = [aws_subnet.first]
      }`);

    const applied = await stage.terraform("apply", "-auto-approve");

    expect(applied.code).toBe(1);
    expect(applied.prose).toContain("BucketAlreadyExists");
    expect(applied.prose).toContain(
      "InvalidVpcID.NotFound: The vpc ID 'vpc-nothing' does not exist",
    );
    expect(applied.prose).toContain("InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid");
    expect(applied.prose).toContain("InvalidSubnet.Conflict: The CIDR '10.0.0.128/25' conflicts");
    expect(await stage.aws.list("aws_subnet")).toHaveLength(1);
    expect(await stage.aws.read("aws_s3_bucket", "taken-bucket")).toEqual(taken);
  });

  test("deleting what another object still needs", async () => {
    const [vpc] = await stage.aws.list("aws_vpc");
    await stage.aws.write("aws_subnet", "subnet-other", {
      id: "subnet-other",
      vpc_id: vpc?.["id"] ?? "",
    });

    const destroyed = await stage.terraform("destroy", "-auto-approve");

    expect(destroyed.code).toBe(1);
    expect(destroyed.prose).toContain("DependencyViolation");
    expect(destroyed.prose).toContain("aws_subnet subnet-other");
  });
});
