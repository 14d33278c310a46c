import { describe, expect, test } from "vitest";
import { fill } from "#simulator/fill.ts";
import { replacements } from "#simulator/replacement.ts";
import { loadCatalogue } from "#simulator/schema/load.ts";
import type { TypeSchema } from "#simulator/schema/schema.ts";
import { validate } from "#simulator/validate.ts";
import { UNKNOWN, type ValueMap } from "#simulator/values.ts";

const aws = loadCatalogue("aws");
const google = loadCatalogue("google");

function type(name: string): TypeSchema {
  const found = aws.resources.get(name) ?? google.resources.get(name);
  if (found === undefined) {
    throw new Error(`no ${name}`);
  }
  return found;
}

/** An object with every attribute null and every block empty but those given. */
function object(schema: TypeSchema, given: ValueMap): ValueMap {
  const nothing = [
    ...Object.keys(schema.attributes).map((name) => [name, null]),
    ...Object.entries(schema.blocks).map(([name, block]) => [
      name,
      block.nesting === "single" ? null : [],
    ]),
  ];
  return { ...Object.fromEntries(nothing), ...given };
}

describe("a plan", () => {
  const instance = type("aws_db_instance");

  test("of a new object has the defaults, and leaves open what the cloud brings", () => {
    const planned = fill(instance, object(instance, { instance_class: "db.t4g.micro" }), null);

    expect(planned).toMatchObject({
      instance_class: "db.t4g.micro",
      publicly_accessible: false,
      delete_automated_backups: true,
      endpoint: UNKNOWN,
      engine: UNKNOWN,
      multi_az: UNKNOWN,
      max_allocated_storage: null,
    });
  });

  test("never holds a write-only value", () => {
    const planned = fill(instance, object(instance, { password_wo: "secret" }), null);

    expect(planned["password_wo"]).toBeNull();
  });

  test("of an update keeps what the cloud filled into blocks that the configuration leaves out", () => {
    const machine = type("aws_instance");
    const disk = { volume_id: "vol-1", volume_size: 8 };

    const planned = fill(
      machine,
      object(machine, { ami: "ami-1" }),
      object(machine, { ami: "ami-1", root_block_device: [disk] }),
    );

    expect(planned["root_block_device"]).toEqual([disk]);
  });

  test("leaves a value of the cloud open in a block that is new", () => {
    const machine = type("aws_instance");

    const planned = fill(
      machine,
      object(machine, { root_block_device: [{ encrypted: true }] }),
      null,
    );

    expect(planned["root_block_device"]).toEqual([
      expect.objectContaining({ encrypted: true, volume_id: UNKNOWN, delete_on_termination: true }),
    ]);
  });
});

describe("what forces a replacement", () => {
  test("is an attribute that cannot change in place, an open value too", () => {
    const vpc = type("aws_vpc");
    const prior = object(vpc, { cidr_block: "10.0.0.0/16", tags: { a: "b" } });

    expect(replacements(vpc, prior, { ...prior, cidr_block: "10.1.0.0/16", tags: {} })).toEqual([
      "cidr_block",
    ]);
    expect(replacements(vpc, prior, { ...prior, cidr_block: UNKNOWN })).toEqual(["cidr_block"]);
    expect(replacements(vpc, prior, { ...prior, tags: { c: "d" } })).toEqual([]);
  });

  test("may stand inside a block", () => {
    const cluster = type("aws_eks_cluster");
    const prior = object(cluster, { kubernetes_network_config: [{ ip_family: "ipv4" }] });

    const paths = replacements(cluster, prior, {
      ...prior,
      kubernetes_network_config: [{ ip_family: "ipv6" }],
    });

    expect(paths).toEqual(["kubernetes_network_config.0.ip_family"]);
  });

  test("does not depend on the order of a set", () => {
    const group = type("aws_db_subnet_group");
    const machine = type("aws_instance");
    const prior = object(machine, { security_groups: ["a", "b"] });

    expect(replacements(machine, prior, { ...prior, security_groups: ["b", "a"] })).toEqual([]);
    expect(group.attributes["subnet_ids"]?.[0]).not.toContain("f");
  });
});

describe("a configuration", () => {
  const faults = (name: string, given: ValueMap) =>
    validate(type(name), object(type(name), given)).map(({ detail }) => detail);

  test("may not give arguments that exclude each other", () => {
    expect(faults("aws_s3_bucket", { bucket: "a", bucket_prefix: "b" })).toEqual([
      '"bucket": conflicts with bucket_prefix',
      '"bucket_prefix": conflicts with bucket',
    ]);
  });

  test("gives exactly one where the cloud asks for one of several", () => {
    expect(faults("aws_flow_log", {})).toEqual([
      expect.stringContaining("one of `eni_id,subnet_id"),
      expect.anything(),
      expect.anything(),
      expect.anything(),
      expect.anything(),
    ]);
    expect(faults("aws_flow_log", { vpc_id: "vpc-1" })).toEqual([]);
    expect(faults("aws_flow_log", { vpc_id: "vpc-1", subnet_id: "subnet-1" })).toEqual([
      expect.stringContaining("only one of"),
    ]);
  });

  test("passes where a value is not known yet", () => {
    expect(faults("aws_flow_log", { vpc_id: UNKNOWN, subnet_id: "subnet-1" })).toEqual([]);
  });

  test("is not asked for arguments of a block that it does not write", () => {
    expect(faults("google_sql_database_instance", { database_version: "POSTGRES_16" })).toEqual([
      "one of `clone,point_in_time_restore_context,settings` must be specified",
    ]);
  });
});
