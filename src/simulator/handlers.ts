import { apply } from "./apply.ts";
import { BrokenObject } from "./cloud.ts";
import { WrongShape } from "./conform.ts";
import { readData } from "./data.ts";
import { error, type Diagnostic } from "./diagnostics.ts";
import { importObject } from "./import.ts";
import { plan } from "./plan.ts";
import { read, upgrade } from "./read.ts";
import { schemaAnswer } from "./schema-answer.ts";
import type { TypeSchema } from "./schema/schema.ts";
import type { Session } from "./session.ts";
import { settingsOf } from "./settings.ts";
import { validate } from "./validate.ts";
import { fromDynamic, fromJson, toDynamic, type Dynamic, type Value } from "./values.ts";

/** The requests of all calls in one shape: each call fills the fields that are its own. */
export type Request = {
  readonly type_name?: string;
  readonly id?: string;
  readonly config?: Dynamic;
  readonly prior_state?: Dynamic;
  readonly proposed_new_state?: Dynamic;
  readonly planned_state?: Dynamic;
  readonly current_state?: Dynamic;
  readonly private?: Uint8Array;
  readonly raw_state?: { readonly json?: Uint8Array };
};

export type Handler = (request: Request) => Promise<object> | object;

/** One function per call of the protocol. What goes wrong is answered, never thrown at Terraform. */
export function handlersOf(session: Session): Readonly<Record<string, Handler>> {
  const answered = answering(session);
  const resource = (request: Request): TypeSchema => typeIn(session.catalogue.resources, request);
  const source = (request: Request): TypeSchema => typeIn(session.catalogue.dataSources, request);
  return {
    GetSchema: () => schemaAnswer(session.catalogue),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: ({ config }) => {
      session.settings = settingsOf(session, fromDynamic(config));
      return {};
    },
    Stop: async () => {
      session.stopping = true;
      await session.knobs.noteStop();
      return {};
    },
    ValidateResourceTypeConfig: (request) => ({
      diagnostics: validate(resource(request), fromDynamic(request.config)),
    }),
    ValidateDataSourceConfig: (request) => ({
      diagnostics: validate(source(request), fromDynamic(request.config)),
    }),
    UpgradeResourceState: (request) =>
      answered(async () => ({
        upgraded_state: toDynamic(upgrade(resource(request), storedState(request))),
      })),
    ReadResource: (request) =>
      answered(async () => ({
        new_state: toDynamic(
          await read(session, resource(request), fromDynamic(request.current_state)),
        ),
        private: request.private,
      })),
    PlanResourceChange: (request) => answered(() => planned(session, resource(request), request)),
    ApplyResourceChange: (request) => answered(() => applied(session, resource(request), request)),
    ImportResourceState: (request) => answered(() => imported(session, resource(request), request)),
    ReadDataSource: (request) => answered(() => dataRead(session, request)),
  };
}

function typeIn(types: ReadonlyMap<string, TypeSchema>, request: Request): TypeSchema {
  const schema = types.get(request.type_name ?? "");
  if (schema === undefined) {
    throw new Error(`The simulated cloud has no type ${request.type_name ?? ""}.`);
  }
  return schema;
}

/** Terraform shows an exception as a broken plugin, so every fault becomes a diagnostic. */
function answering(session: Session) {
  return async (answer: () => Promise<object>): Promise<object> => {
    try {
      return await answer();
    } catch (fault) {
      return { diagnostics: [faultOf(session, fault)] };
    }
  };
}

function faultOf({ log }: Session, fault: unknown): Diagnostic {
  const text = fault instanceof Error ? fault.message : String(fault);
  if (fault instanceof BrokenObject || fault instanceof WrongShape) {
    return error("An object of the simulated cloud cannot be read", text);
  }
  // Terraform's answer reaches people; the trace is for its log.
  log(fault instanceof Error ? (fault.stack ?? text) : text);
  return error("The simulated cloud failed", text);
}

function storedState({ raw_state: raw }: Request): Value {
  return raw?.json === undefined ? null : fromJson(Buffer.from(raw.json).toString());
}

async function planned(session: Session, schema: TypeSchema, request: Request): Promise<object> {
  const result = plan(session, schema, {
    prior: fromDynamic(request.prior_state),
    proposed: fromDynamic(request.proposed_new_state),
    config: fromDynamic(request.config),
  });
  return {
    planned_state: toDynamic(result.planned),
    requires_replace: result.replace,
    legacy_type_system: !schema.framework,
  };
}

async function applied(session: Session, schema: TypeSchema, request: Request): Promise<object> {
  const prior = fromDynamic(request.prior_state);
  const result = await apply(session, schema, {
    prior,
    planned: fromDynamic(request.planned_state),
  });
  return {
    new_state: toDynamic(result.state),
    diagnostics: result.diagnostics,
    legacy_type_system: !schema.framework,
  };
}

async function imported(session: Session, schema: TypeSchema, request: Request): Promise<object> {
  const found = await importObject(session, schema, request.id ?? "");
  return isDiagnostic(found)
    ? { diagnostics: [found] }
    : { imported_resources: [{ type_name: schema.name, state: toDynamic(found) }] };
}

async function dataRead(session: Session, request: Request): Promise<object> {
  const schema = typeIn(session.catalogue.dataSources, request);
  const found = await readData(session, schema, fromDynamic(request.config));
  return isDiagnostic(found) ? { diagnostics: [found] } : { state: toDynamic(found) };
}

function isDiagnostic(found: Value | Diagnostic): found is Diagnostic {
  return typeof found === "object" && found !== null && "severity" in found && "summary" in found;
}
