import type { Session, Settings } from "./session.ts";
import { isList, isMap, textOf, type Value, type ValueMap } from "./values.ts";

/** The provider block's words over what the process started with. */
export function settingsOf(
  { cloud, settings }: Pick<Session, "cloud" | "settings">,
  config: Value,
): Settings {
  const given = isMap(config) ? config : {};
  const pick = (name: "region" | "project" | "zone"): string => {
    const text = textOf(given[name]);
    return text === "" ? settings[name] : text;
  };
  return {
    region: pick("region"),
    project: pick("project"),
    zone: pick("zone"),
    defaults: cloud === "aws" ? defaultTags(given) : mapOf(given["default_labels"]),
    marksOrigin: cloud === "google" && given["add_terraform_attribution_label"] !== false,
  };
}

function defaultTags(config: ValueMap): ValueMap {
  const blocks = config["default_tags"];
  const first = isList(blocks) ? blocks[0] : blocks;
  return isMap(first) ? mapOf(first["tags"]) : {};
}

function mapOf(value: Value | undefined): ValueMap {
  return isMap(value) ? value : {};
}
