import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fromJson, isMap, type ValueMap } from "./values.ts";

/** What exists in one simulated cloud: one readable JSON file per object, `<type>/<id>.json`. */
export type Cloud = {
  /** Null when there is no such object. Throws `BrokenObject` when its file cannot be read. */
  read(type: string, id: string): Promise<ValueMap | null>;
  /** The error of an object whose file holds a value that its type cannot have. */
  broken(type: string, id: string, cause: Error): BrokenObject;
  list(type: string): Promise<readonly ValueMap[]>;
  /** False, with nothing written, when the id is taken. */
  create(type: string, id: string, object: ValueMap): Promise<boolean>;
  write(type: string, id: string, object: ValueMap): Promise<void>;
  remove(type: string, id: string): Promise<void>;
  /** Changes attributes as a person at the cloud's own console would; false: no such object. */
  edit(type: string, id: string, changes: ValueMap): Promise<boolean>;
};

/** A file that a person edited into something else; the message names it and says what to do. */
export class BrokenObject extends Error {
  constructor(file: string, problem: string, options?: ErrorOptions) {
    // aws/aws_vpc/vpc-….json: this reaches cards, where the host's own folders are no help.
    const folder = dirname(dirname(file));
    const name = join(basename(folder), file.slice(folder.length));
    super(`The file ${name} ${problem}. Mend it, or delete it to remove the object.`, options);
  }
}

/** The cloud kept in `folder` (`SIM_CLOUD_DIR/aws`); many processes may use it at once. */
export function openCloud(folder: string): Cloud {
  const fileOf = (type: string, id: string): string => join(folder, type, `${fileName(id)}.json`);
  const read = (type: string, id: string): Promise<ValueMap | null> => readObject(fileOf(type, id));
  const write = async (type: string, id: string, object: ValueMap): Promise<void> => {
    const draft = await writeDraft(folder, type, object);
    await rename(draft, fileOf(type, id));
  };
  return {
    read,
    write,
    broken: (type, id, cause) =>
      new BrokenObject(fileOf(type, id), `does not fit ${type}: ${cause.message}`, { cause }),
    list: (type) => listObjects(join(folder, type)),
    async create(type, id, object) {
      const draft = await writeDraft(folder, type, object);
      try {
        // A link fails where a rename would overwrite: two creates of one name never both win.
        await link(draft, fileOf(type, id));
        return true;
      } catch (error) {
        if (codeOf(error) === "EEXIST") {
          return false;
        }
        throw error;
      } finally {
        await rm(draft, { force: true });
      }
    },
    remove: (type, id) => rm(fileOf(type, id), { force: true }),
    async edit(type, id, changes) {
      const object = await read(type, id);
      if (object === null) {
        return false;
      }
      await write(type, id, { ...object, ...changes });
      return true;
    },
  };
}

const LONGEST_NAME = 180;

function fileName(id: string): string {
  const name = encodeURIComponent(id).replace(/^\./, "%2E");
  const hash = createHash("sha256").update(id).digest("hex").slice(0, 16);
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}-${hash}`;
}

async function writeDraft(folder: string, type: string, object: ValueMap): Promise<string> {
  await mkdir(join(folder, type), { recursive: true, mode: 0o700 });
  const draft = join(folder, type, `.${randomUUID()}.draft`);
  await writeFile(draft, `${JSON.stringify(object, null, 2)}\n`, { mode: 0o600 });
  return draft;
}

async function listObjects(folder: string): Promise<ValueMap[]> {
  const names = await readdir(folder).catch((error: unknown) => ifMissing(error, []));
  const files = names.filter((name) => name.endsWith(".json")).sort();
  const objects = await Promise.all(files.map((name) => readObject(join(folder, name))));
  return objects.filter((object) => object !== null);
}

async function readObject(file: string): Promise<ValueMap | null> {
  const text = await textIn(file);
  if (text === null) {
    return null;
  }
  const object = parse(file, text);
  if (!isMap(object)) {
    throw new BrokenObject(file, "holds something else than one JSON object");
  }
  return object;
}

async function textIn(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") {
      return null;
    }
    throw new BrokenObject(file, `cannot be read (${String(codeOf(cause))})`, { cause });
  }
}

function parse(file: string, text: string) {
  try {
    return fromJson(text);
  } catch (cause) {
    throw new BrokenObject(file, "is not JSON", { cause });
  }
}

function ifMissing<T>(error: unknown, otherwise: T): T {
  if (codeOf(error) === "ENOENT") {
    return otherwise;
  }
  throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
