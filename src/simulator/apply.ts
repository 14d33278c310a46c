import { exit } from "node:process";
import { complete, named } from "./complete.ts";
import { error, type Diagnostic } from "./diagnostics.ts";
import { idOf, isMadeUp, nameOf } from "./identity.ts";
import type { Verb, When } from "./knobs.ts";
import type { Making } from "./making.ts";
import { deleteFault, find, takenFault, writeFault, type Subject } from "./rules.ts";
import type { TypeSchema } from "./schema/schema.ts";
import type { Session } from "./session.ts";
import { isMap, textOf, type Value, type ValueMap } from "./values.ts";

export type Applied = { readonly state: Value; readonly diagnostics: readonly Diagnostic[] };

/**
 * Carries out a planned change. With an error the state tells what exists: the object of before, or
 * the one made although the cloud then failed.
 */
export async function apply(
  session: Session,
  schema: TypeSchema,
  change: { readonly prior: Value; readonly planned: Value },
): Promise<Applied> {
  const { prior, planned } = change;
  if (!isMap(planned)) {
    return isMap(prior) ? remove({ session, type: schema.name, object: prior }) : done(null);
  }
  return isMap(prior)
    ? update(session, schema, { prior, planned })
    : create(session, schema, planned);
}

async function create(session: Session, schema: TypeSchema, planned: ValueMap): Promise<Applied> {
  const type = schema.name;
  const wanted = await adopting(session, type, named(schema, planned));
  if (session.stopping) {
    return failed(
      null,
      error(`${type} (${nameOf(wanted)}) was not created: Terraform asked to stop.`, ""),
    );
  }
  const subject = { session, type, object: wanted };
  const fault = (await switched(subject, "before", "create")) ?? (await writeFault(subject));
  if (fault !== null) {
    return failed(null, fault);
  }
  await session.knobs.delay(type, "create");
  const made = await place(session, schema, wanted);
  if (made === null) {
    return failed(null, takenFault(subject) ?? error(`${type}: the id is taken`, ""));
  }
  const late = await switched({ ...subject, object: made }, "after", "create");
  return late === null ? done(made) : failed(made, late);
}

async function update(
  session: Session,
  schema: TypeSchema,
  { prior, planned }: { readonly prior: ValueMap; readonly planned: ValueMap },
): Promise<Applied> {
  const subject = { session, type: schema.name, object: planned };
  const fault = (await switched(subject, "before", "update")) ?? (await writeFault(subject));
  if (fault !== null) {
    return failed(prior, fault);
  }
  await session.knobs.delay(schema.name, "update");
  const id = textOf(prior["id"]);
  const object = await complete(schema, makingOf(session, planned, id));
  await session.objects.write(schema.name, id, object);
  const late = await switched(subject, "after", "update");
  return late === null ? done(object) : failed(object, late);
}

async function remove(subject: Subject): Promise<Applied> {
  const { session, type, object } = subject;
  const id = textOf(object["id"]);
  const standing = await session.objects.read(type, id);
  const fault =
    (await switched(subject, "before", "delete")) ??
    (standing === null ? null : await deleteFault(subject));
  if (fault !== null) {
    return failed(object, fault);
  }
  await session.knobs.delay(type, "delete");
  await session.objects.remove(type, id);
  const late = await switched(subject, "after", "delete");
  return late === null ? done(null) : failed(object, late);
}

const MOST_TWINS = 10_000;

/** Writes the new object under its id; null when a name that may stand once is taken. */
async function place(
  session: Session,
  schema: TypeSchema,
  wanted: ValueMap,
): Promise<ValueMap | null> {
  const type = schema.name;
  for (let attempt = 0; attempt < MOST_TWINS; attempt += 1) {
    const id = textOf(wanted["id"]) === "" ? idOf(type, wanted, attempt) : textOf(wanted["id"]);
    const object = await complete(schema, makingOf(session, { ...wanted, id }, id));
    if (await session.objects.create(type, id, object)) {
      return object;
    }
    if (!isMadeUp(type)) {
      return overwrite({ session, type, object: wanted }, id, object);
    }
  }
  return null;
}

async function overwrite(subject: Subject, id: string, object: ValueMap): Promise<ValueMap | null> {
  if (takenFault(subject) !== null) {
    return null;
  }
  await subject.session.objects.write(subject.type, id, object);
  return object;
}

/** The default security group is there since its VPC is: it is taken over, not made. */
async function adopting(session: Session, type: string, object: ValueMap): Promise<ValueMap> {
  if (type !== "aws_default_security_group") {
    return object;
  }
  const vpc = await session.objects.read("aws_vpc", textOf(object["vpc_id"]));
  return { ...object, id: textOf(vpc?.["default_security_group_id"]) };
}

function makingOf(session: Session, object: ValueMap, id: string): Making {
  return {
    object,
    id,
    settings: session.settings,
    now: session.now().toISOString(),
    lookup: (type, value) => (value === "" ? Promise.resolve(null) : find(session, type, value)),
  };
}

/** What the switches say of this moment: an error, or the end of this process. */
async function switched(subject: Subject, when: When, verb: Verb): Promise<Diagnostic | null> {
  const { session, type, object } = subject;
  const fault = await session.knobs.fault(type, `${when} ${verb}`, object);
  if (fault?.kind === "die") {
    session.log(`told to die ${when} ${verb} of ${type} ${nameOf(object)}`);
    exit(1);
  }
  return fault === null
    ? null
    : error(`${type} (${nameOf(object)}): ${fault.message}`, "Answered by the simulated cloud.");
}

function done(state: Value): Applied {
  return { state, diagnostics: [] };
}

function failed(state: Value, diagnostic: Diagnostic): Applied {
  return { state, diagnostics: [diagnostic] };
}
