import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fromJson, isMap, textOf, type Value, type ValueMap } from "./values.ts";

export type Verb = "create" | "update" | "delete";
export type When = "before" | "after";

/** What a test asked to go wrong here: an error of the cloud, or the end of this process. */
export type Fault = { readonly kind: "fail" | "die"; readonly message: string };

/**
 * Switches of one cloud, read anew at each call from `knobs.json` in its folder:
 * `{ "aws_subnet": { "create_ms": 500, "faults": [{ "at": "after create", "do": "die",
 * "name": "dev-a", "message": "…", "once": "a-file-name" }] }, "*": { "delete_ms": 50 } }`.
 * A fault without a name meets every object of the type; one with `once` happens one time.
 */
export type Knobs = {
  /** Waits as long as was asked for, and writes down that it does. */
  delay(type: string, verb: Verb): Promise<void>;
  fault(type: string, at: `${When} ${Verb}`, object: ValueMap): Promise<Fault | null>;
  /** Writes down that Terraform asked the provider to stop. */
  noteStop(): Promise<void>;
};

export function openKnobs(folder: string, now: () => Date): Knobs {
  return {
    async delay(type, verb) {
      const set = (await settingsOf(folder, type)).map((each) => each[`${verb}_ms`]);
      const ms = Number(set.find((each) => each !== undefined) ?? 0);
      if (ms > 0) {
        await appendFile(join(folder, "delays.log"), `${verb} ${type}\n`);
      }
      await wait(ms);
    },
    async fault(type, at, object) {
      const faults = (await settingsOf(folder, type)).flatMap((each) => listOf(each["faults"]));
      for (const each of faults) {
        if (each["at"] === at && meets(each, object) && (await isDue(folder, each))) {
          const message = textOf(each["message"]);
          return {
            kind: each["do"] === "die" ? "die" : "fail",
            message:
              message === "" ? "InternalError: The simulated cloud was told to fail." : message,
          };
        }
      }
      return null;
    },
    async noteStop() {
      await appendFile(join(folder, "stops.log"), `${now().toISOString()}\n`).catch(() => {
        // A cloud without any object has no folder yet, and nothing to stop.
      });
    },
  };
}

/** What is set for the type itself, then for all types. */
async function settingsOf(folder: string, type: string): Promise<ValueMap[]> {
  const text = await readFile(join(folder, "knobs.json"), "utf8").catch(() => "{}");
  const all = fromJson(text);
  const found = isMap(all) ? [all[type], all["*"]] : [];
  return found.filter((each) => isMap(each));
}

function listOf(value: Value | undefined): ValueMap[] {
  return Array.isArray(value) ? value.filter((each) => isMap(each)) : [];
}

function meets(fault: ValueMap, object: ValueMap): boolean {
  const name = textOf(fault["name"]);
  return name === "" || namesOf(object).includes(name);
}

const NAMES = ["name", "id", "bucket", "identifier", "cidr_block", "cluster_name"];

function namesOf(object: ValueMap): string[] {
  const tags = object["tags"];
  const tag = isMap(tags) ? textOf(tags["Name"]) : "";
  return [...NAMES.map((name) => textOf(object[name])), tag];
}

/** The mark of a fault that happens once is a file: the process may end right after it. */
async function isDue(folder: string, fault: ValueMap): Promise<boolean> {
  const once = textOf(fault["once"]);
  if (once === "") {
    return true;
  }
  const mark = join(folder, `.${encodeURIComponent(once)}.done`);
  try {
    await writeFile(mark, "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}
