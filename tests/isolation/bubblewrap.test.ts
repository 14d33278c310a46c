import { describe, expect, test } from "vitest";
import {
  bubblewrapOptions,
  limited,
  nulSeparated,
  SHELL_LIMITS,
  SHELL_WRITABLE,
} from "#isolation/bubblewrap.ts";

const OPTIONS = bubblewrapOptions({
  root: "/root-of-tools",
  writable: SHELL_WRITABLE,
  env: { HOME: "/home/learner", LANG: "C.UTF-8" },
});

describe("bubblewrap's options", () => {
  test("shut every namespace and keep it shut", () => {
    const line = OPTIONS.join(" ");

    expect(line).toContain(
      "--unshare-user --unshare-pid --unshare-ipc --unshare-uts --unshare-net",
    );
    expect(line).toContain("--disable-userns");
    expect(line).toContain("--die-with-parent");
  });

  test("make everything read-only after the last mount", () => {
    const lastMount = Math.max(OPTIONS.lastIndexOf("--tmpfs"), OPTIONS.lastIndexOf("--dev"));

    const remounts = OPTIONS.flatMap((option, at) => (option === "--remount-ro" ? [at] : []));

    expect(remounts).toHaveLength(2);
    expect(Math.min(...remounts)).toBeGreaterThan(lastMount);
  });

  test("bind the allow-listed root only, and never the host's own folders", () => {
    const binds = OPTIONS.filter((option) => option.includes("bind"));

    expect(binds).toEqual(["--ro-bind"]);
    expect(OPTIONS[OPTIONS.indexOf("--ro-bind") + 1]).toBe("/root-of-tools");
  });

  test("clear the environment before they set the names given", () => {
    const from = OPTIONS.indexOf("--clearenv");

    expect(OPTIONS.slice(from)).toEqual([
      "--clearenv",
      "--setenv",
      "HOME",
      "/home/learner",
      "--setenv",
      "LANG",
      "C.UTF-8",
    ]);
  });

  test("leave the terminal's session alone, so that Ctrl-C and job control work", () => {
    expect(OPTIONS).not.toContain("--new-session");
  });

  test("are handed over with a NUL after each, whatever they hold", () => {
    const bytes = nulSeparated(["--setenv", "PS1", "a b\n$"]);

    expect(Buffer.from(bytes).toString("utf8")).toBe("--setenv\0PS1\0a b\n$\0");
  });

  test("come with limits that are set before the command", () => {
    const argv = limited(SHELL_LIMITS, ["/usr/bin/true"]);

    expect(argv.slice(0, 2)).toEqual(["/usr/bin/prlimit", "--nproc=48"]);
    expect(argv.at(-1)).toBe("/usr/bin/true");
  });
});
