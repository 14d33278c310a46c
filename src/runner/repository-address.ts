import { BrokenModule } from "./broken-module.ts";

/** Where in which repository the modules are. */
export type RepositoryAddress = {
  readonly url: string;
  /** Folder of the modules in the tree; "" is its top. */
  readonly folder: string;
};

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
const USER = /^[a-z0-9_][a-z0-9._-]*$/i;
// Its folder after "//", of which no part begins with a dot: it may be git's own.
const PATH = /^(?:\/[\w.~-]+)+(?:\/(?:\/[\w~-][\w.~-]*)+)?\/?$/;

/**
 * Reads `https://host/path.git//folder`, `ssh://` and `git+ssh://`. Throws BrokenModule for any other
 * way in which git may be told to run something (`ext::`, an option) or to read our own disk.
 */
export function readAddress(
  source: string,
  { local }: { readonly local: boolean },
): RepositoryAddress {
  const parsed = URL.canParse(source) ? new URL(source) : null;
  if (parsed === null || !isPlain(source, parsed) || !isAllowed(parsed, local)) {
    throw new BrokenModule({ file: "MODULES_SOURCE", line: 0 }, { code: "unsafe-url" });
  }
  const [path = "", folder = ""] = parsed.pathname.split("//");
  parsed.pathname = path;
  return { url: parsed.href.replace(/^git\+ssh:/, "ssh:"), folder: folder.replace(/\/$/, "") };
}

/** The name of a branch or tag, or a commit; throws BrokenModule for what git may read otherwise. */
export function readRef(ref: string | null): string {
  if (ref === null) {
    return "HEAD";
  }
  if (!/^[A-Za-z0-9][\w./-]{0,199}$/.test(ref) || ref.includes("..")) {
    throw new BrokenModule(
      { file: "MODULES_REF", line: 0 },
      { code: "unsafe-ref", params: { ref } },
    );
  }
  return ref;
}

/** A password in an address ends in logs and process lists; git knows safer places. */
function isPlain(source: string, { password, search, hash, pathname }: URL): boolean {
  // What climbs in a path is gone once it is parsed, so the text itself is asked.
  const isOdd = source.includes("::") || source.includes("..");
  return !isOdd && password + search + hash === "" && PATH.test(pathname);
}

function isAllowed({ protocol, hostname, username }: URL, local: boolean): boolean {
  switch (protocol) {
    case "https:":
      return HOST.test(hostname) && username === "";
    case "ssh:":
    case "git+ssh:":
      return HOST.test(hostname) && (username === "" || USER.test(username));
    case "file:":
      return local && hostname === "" && username === "";
    default:
      return false;
  }
}
