import type { Message } from "./wire-codec.ts";

// The part of Terraform's plugin protocol 5 that the simulated providers speak. Names of messages
// are ours; the package, the service, its calls and the field numbers are the protocol's.

const Dynamic: Message = { msgpack: [1, "bytes"], json: [2, "bytes"] };
const Step: Message = {
  attribute_name: [1, "text"],
  element_key_string: [2, "text"],
  element_key_int: [3, "index"],
};
const AttributePath: Message = { steps: [1, Step, "list"] };
const Diagnostic: Message = {
  severity: [1, "int"],
  summary: [2, "text"],
  detail: [3, "text"],
  attribute: [4, AttributePath],
};
const RawState: Message = { json: [1, "bytes"] };

const Attribute: Message = {
  name: [1, "text"],
  type: [2, "bytes"],
  required: [4, "flag"],
  optional: [5, "flag"],
  computed: [6, "flag"],
  sensitive: [7, "flag"],
  deprecated: [9, "flag"],
  write_only: [10, "flag"],
};
const Block: Message = {
  attributes: [2, Attribute, "list"],
  // A block holds blocks: the field is read when it is needed, after both are there.
  get block_types() {
    return [3, NestedBlock, "list"] as const;
  },
};
const NestedBlock: Message = {
  type_name: [1, "text"],
  block: [2, Block],
  nesting: [3, "int"],
  min_items: [4, "int"],
  max_items: [5, "int"],
};
const Schema: Message = { version: [1, "int"], block: [2, Block] };

const Nothing: Message = {};
const TypedConfig: Message = { type_name: [1, "text"], config: [2, Dynamic] };
const OnlyDiagnostics: Message = { diagnostics: [1, Diagnostic, "list"] };

/** Request and answer of each call of the service `tfplugin5.Provider`. */
export const CALLS: Readonly<Record<string, { request: Message; answer: Message }>> = {
  GetSchema: {
    request: Nothing,
    answer: {
      provider: [1, Schema],
      resource_schemas: [2, Schema, "map"],
      data_source_schemas: [3, Schema, "map"],
      diagnostics: [4, Diagnostic, "list"],
    },
  },
  PrepareProviderConfig: {
    request: { config: [1, Dynamic] },
    answer: { prepared_config: [1, Dynamic], diagnostics: [2, Diagnostic, "list"] },
  },
  Configure: {
    request: { terraform_version: [1, "text"], config: [2, Dynamic] },
    answer: OnlyDiagnostics,
  },
  ValidateResourceTypeConfig: { request: TypedConfig, answer: OnlyDiagnostics },
  ValidateDataSourceConfig: { request: TypedConfig, answer: OnlyDiagnostics },
  UpgradeResourceState: {
    request: { type_name: [1, "text"], version: [2, "int"], raw_state: [3, RawState] },
    answer: { upgraded_state: [1, Dynamic], diagnostics: [2, Diagnostic, "list"] },
  },
  ReadResource: {
    request: { type_name: [1, "text"], current_state: [2, Dynamic], private: [3, "bytes"] },
    answer: {
      new_state: [1, Dynamic],
      diagnostics: [2, Diagnostic, "list"],
      private: [3, "bytes"],
    },
  },
  PlanResourceChange: {
    request: {
      type_name: [1, "text"],
      prior_state: [2, Dynamic],
      proposed_new_state: [3, Dynamic],
      config: [4, Dynamic],
    },
    answer: {
      planned_state: [1, Dynamic],
      requires_replace: [2, AttributePath, "list"],
      diagnostics: [4, Diagnostic, "list"],
      legacy_type_system: [5, "flag"],
    },
  },
  ApplyResourceChange: {
    request: {
      type_name: [1, "text"],
      prior_state: [2, Dynamic],
      planned_state: [3, Dynamic],
      config: [4, Dynamic],
    },
    answer: {
      new_state: [1, Dynamic],
      diagnostics: [3, Diagnostic, "list"],
      legacy_type_system: [4, "flag"],
    },
  },
  ImportResourceState: {
    request: { type_name: [1, "text"], id: [2, "text"] },
    answer: {
      imported_resources: [1, { type_name: [1, "text"], state: [2, Dynamic] }, "list"],
      diagnostics: [2, Diagnostic, "list"],
    },
  },
  ReadDataSource: {
    request: TypedConfig,
    answer: { state: [1, Dynamic], diagnostics: [2, Diagnostic, "list"] },
  },
  Stop: { request: Nothing, answer: { error: [1, "text"] } },
};
