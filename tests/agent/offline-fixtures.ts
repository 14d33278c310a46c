import { openRegistry } from "#agent/tools/registry.ts";
import { platformTools } from "#agent/tools/platform-tools.ts";
import { compileLexicon } from "#agent/offline-lexicon.ts";
import { understand, type Pending, type Understanding } from "#agent/offline-understand.ts";
import type { Catalogue } from "#deployments/ports.ts";
import type { Role } from "#deployments/viewer.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { languageOf } from "#text/wording.ts";
import { fakeParts, viewer } from "./agent-fixtures.ts";

const PLACES = openRegions("terraform/regions.yaml").all();

/** What the rules make of a text for a person with these roles. */
export function rulesOver(catalogue: Catalogue, roles: readonly Role[] = ["admin"]) {
  const tools = platformTools(fakeParts({ catalogue }));
  const registry = openRegistry(tools);
  const lexicon = compileLexicon(tools);
  return function read(text: string, pending: Pending | null = null): Understanding {
    const rules = {
      lexicon,
      modules: catalogue.modules(),
      places: PLACES,
      tools: registry.declarations(viewer(roles)),
      lang: languageOf(text),
    };
    return understand(text, rules, pending);
  };
}

/** One line for a table: `tool {args}`, `ask slot` or `say what`. */
export function short(understood: Understanding): string {
  switch (understood.does) {
    case "call":
      return `${understood.tool} ${JSON.stringify(understood.args)}`;
    case "ask":
      return `ask ${understood.tool} ${understood.pending.slot}`;
    case "say":
      return `say ${understood.what}`;
  }
}
