import { AWS_PARENTS, awsFault } from "./aws/rules.ts";
import { error, type Diagnostic } from "./diagnostics.ts";
import { GOOGLE_PARENTS, googleFault } from "./google/rules.ts";
import { identityOf, nameOf, written } from "./identity.ts";
import type { Session } from "./session.ts";
import { isList, isMap, textOf, type Value, type ValueMap } from "./values.ts";

/** An attribute that names another object, which must exist first and cannot go before this one. */
export type Parent = {
  /** Path without positions: `vpc_config.subnet_ids`. */
  readonly attribute: string;
  readonly type: string;
  /** What the cloud says when there is none; `{value}` is the id given. */
  readonly missing: string;
  /** The parent may be deleted while this object still names it. */
  readonly loose?: boolean;
};

/** One object before a change, as the rules see it. */
export type Subject = {
  readonly session: Session;
  readonly type: string;
  readonly object: ValueMap;
};

/** Why the cloud refuses to make or change the object; null when it does not. */
export async function writeFault(subject: Subject): Promise<Diagnostic | null> {
  const { session, type, object } = subject;
  for (const parent of parentsOf(type)) {
    for (const value of valuesAt(object, parent.attribute)) {
      if (value !== "" && !(await exists(session, parent.type, value))) {
        return refused(subject, "creating", parent.missing.replaceAll("{value}", value));
      }
    }
  }
  const fault = await (session.cloud === "aws" ? awsFault(subject) : googleFault(subject));
  return fault === null ? null : refused(subject, "creating", fault);
}

/** What a taken name answers; null when the type's objects may be overwritten. */
export function takenFault(subject: Subject): Diagnostic | null {
  const { taken } = identityOf(subject.type);
  return taken === undefined ? null : refused(subject, "creating", written(taken, subject.object));
}

/** Why the cloud refuses to delete the object: protection, or others that still need it. */
export async function deleteFault(subject: Subject): Promise<Diagnostic | null> {
  const guard = protection(subject);
  if (guard !== null) {
    return refused(subject, "deleting", guard);
  }
  const dependent = await dependentOf(subject);
  if (dependent === null) {
    return null;
  }
  const id = textOf(subject.object["id"]);
  const code = subject.session.cloud === "aws" ? "DependencyViolation" : "googleapi: Error 400";
  return refused(
    subject,
    "deleting",
    `${code}: '${id}' is still in use by ${dependent} and cannot be deleted.`,
  );
}

/** The error as Terraform shows it, marked as one of the simulated cloud. */
export function refused({ type, object }: Subject, doing: string, why: string): Diagnostic {
  return error(`${doing} ${type} (${nameOf(object)}): ${why}`, "Answered by the simulated cloud.");
}

function protection({ type, object }: Subject): string | null {
  if (object["deletion_protection"] === true) {
    return type === "aws_db_instance"
      ? "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again."
      : "cannot destroy it without setting deletion_protection=false and running `terraform apply`";
  }
  return type === "aws_db_instance" &&
    object["skip_final_snapshot"] === false &&
    textOf(object["final_snapshot_identifier"]) === ""
    ? "final_snapshot_identifier is required when skip_final_snapshot is false"
    : null;
}

async function dependentOf({ session, type, object }: Subject): Promise<string | null> {
  const names = aliasesOf(object);
  for (const child of session.catalogue.resources.keys()) {
    const parents = parentsOf(child).filter((each) => each.type === type && each.loose !== true);
    const found = parents.length === 0 ? [] : await session.objects.list(child);
    const holder = found.find((each) =>
      parents.some(({ attribute }) =>
        valuesAt(each, attribute).some((value) => names.includes(lastPart(value))),
      ),
    );
    if (holder !== undefined && !releases(object, child)) {
      return `${child} ${textOf(holder["id"])}`;
    }
  }
  return null;
}

/** A bucket told to be emptied takes its content with it. */
function releases(object: ValueMap, child: string): boolean {
  return object["force_destroy"] === true && /(_s3|_bucket)_object$/.test(child);
}

function parentsOf(type: string): readonly Parent[] {
  return AWS_PARENTS[type] ?? GOOGLE_PARENTS[type] ?? [];
}

/** True when some object of the type goes by this id, name, ARN or link. */
export async function exists(session: Session, type: string, value: string): Promise<boolean> {
  return (await find(session, type, value)) !== null;
}

export async function find(
  session: Session,
  type: string,
  value: string,
): Promise<ValueMap | null> {
  const direct = await session.objects.read(type, value);
  if (direct !== null) {
    return direct;
  }
  const all = await session.objects.list(type);
  return (
    all.find((each) => aliasesOf(each).includes(lastPart(value))) ??
    (await implied(session, type, value))
  );
}

/** What a VPC brings with it stands in no file of its own until a configuration adopts it. */
async function implied(session: Session, type: string, value: string): Promise<ValueMap | null> {
  const attribute = {
    aws_security_group: "default_security_group_id",
    aws_route_table: "main_route_table_id",
    aws_network_acl: "default_network_acl_id",
  }[type];
  if (attribute === undefined) {
    return null;
  }
  const vpcs = await session.objects.list("aws_vpc");
  return vpcs.find((vpc) => vpc[attribute] === value) ?? null;
}

/** Google's links come in many lengths; their last part is the name. */
function lastPart(value: string): string {
  return value.startsWith("arn:") ? value : value.slice(value.lastIndexOf("/") + 1);
}

function aliasesOf(object: ValueMap): string[] {
  return ["id", "name", "arn", "email", "key_id", "allocation_id", "self_link", "identifier"]
    .map((name) => lastPart(textOf(object[name])))
    .filter((alias) => alias !== "");
}

/** Texts at a path, over all elements of the lists on the way. */
export function valuesAt(object: Value | undefined, path: string): string[] {
  const [head, ...rest] = path.split(".");
  if (isList(object)) {
    return object.flatMap((each) => valuesAt(each, path));
  }
  if (path === "" || head === undefined) {
    return typeof object === "string" ? [object] : [];
  }
  return isMap(object) ? valuesAt(object[head], rest.join(".")) : [];
}
