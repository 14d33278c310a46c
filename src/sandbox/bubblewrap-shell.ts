import type { Launcher } from "#isolation/launch.ts";
import { BASHRC } from "#isolation/rootfs.ts";
import { endTree } from "#isolation/processes.ts";
import type { Driver, Shell } from "./shell.ts";
import { openTerminal, type Size } from "./terminal.ts";

/** Shells in bubblewrap, each behind a terminal of its own. */
export function bubblewrapDriver(launch: Launcher): Driver {
  return { name: "bubblewrap", start: ({ size }) => start(launch, size) };
}

function start(launch: Launcher, size: Size): Shell {
  const terminal = openTerminal(launch(["/usr/bin/bash", "--rcfile", BASHRC, "-i"]), size);
  let ended = false;
  terminal.onEnd(() => (ended = true));
  return {
    ...terminal,
    // Once it is reaped, its number may be another process's.
    end: async () => ended || endTree(terminal.pid),
  };
}
