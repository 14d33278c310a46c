import type { Config } from "./config.ts";
import { StartRefused } from "./start-refused.ts";
import { PRODUCTION_REFUSALS } from "#text/production.ts";
import { say } from "#text/wording.ts";

/** What this machine can do, as its self-tests say; each is a stand-in when it is not the real thing. */
export type Machine = {
  readonly shells: "bubblewrap" | "just-bash";
  /** `elsewhere`: this process executes none. */
  readonly runs: "bubblewrap" | "none" | "elsewhere";
};

export type ProductionRefusal = keyof typeof PRODUCTION_REFUSALS;

/** Each entry is true where the configuration or the machine would make production stand on less. */
const REFUSED: Readonly<Record<ProductionRefusal, (config: Config, machine: Machine) => boolean>> =
  {
    "simulated-cloud": ({ cloud }) => cloud.is === "simulated",
    "embedded-database": ({ databaseUrl }) => databaseUrl === null,
    console: ({ consoleAsked }) => consoleAsked,
    "generated-key": ({ secretKey }) => secretKey === null,
    "offline-model": ({ role, model }) => role === "all" && model.is === "offline" && !model.said,
    "just-bash": (_config, { shells }) => shells === "just-bash",
    "open-runs": (_config, { runs }) => runs === "none",
  };

/** What stands in the way of production, in the order in which an operator would mend it. */
export function productionRefusals(config: Config, machine: Machine): ProductionRefusal[] {
  const codes = Object.entries(REFUSED).filter(([, isRefused]) => isRefused(config, machine));
  return codes.map(([code]) => code).filter(isCode);
}

function isCode(code: string): code is ProductionRefusal {
  return Object.hasOwn(PRODUCTION_REFUSALS, code);
}

/** Production never stands on less in silence: throws `StartRefused` with everything at once. */
export function refuseStandIns(config: Config, machine: Machine): void {
  const codes = config.production ? productionRefusals(config, machine) : [];
  if (codes.length > 0) {
    const list = codes.map((code) => `- ${say(PRODUCTION_REFUSALS[code], "en")}`).join("\n");
    throw new StartRefused("production", { list });
  }
}
