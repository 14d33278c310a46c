import { describe, expect, test } from "vitest";
import { NETWORK } from "#isolation/run-network.ts";
import { runOptions, WORK, type RunView } from "#isolation/run-options.ts";

const VIEW: RunView = {
  folder: "/data/changes/change-1",
  readOnly: [],
  writable: [],
  hidden: ["/data"],
  users: { passwd: "/data/isolation/passwd", group: "/data/isolation/group" },
  network: "host",
  env: {},
};

/** Everything that is mounted, as `option source target`, in order. */
function mounts(view: Partial<RunView>): string[] {
  const options = runOptions({ ...VIEW, ...view });
  return options.flatMap((option, index) => {
    const [source = "", target = ""] = options.slice(index + 1, index + 3);
    if (/^--(ro-)?bind(-try)?$/.test(option)) {
      return [`${option.replace("-try", "")} ${source} ${target}`];
    }
    return option === "--tmpfs" || option === "--remount-ro" ? [`${option} ${source}`] : [];
  });
}

describe("what a run sees", () => {
  test("its work tree stands at one path, wherever the data folder is", () => {
    expect(mounts({})).toContain(`--bind /data/changes/change-1 ${WORK}`);
    expect(mounts({}).filter((mount) => mount.startsWith("--bind"))).toHaveLength(1);
  });

  test("nothing of the system's private keys is among what is seen of /etc", () => {
    const shown = mounts({}).filter((mount) => mount.includes("/etc"));

    expect(shown.filter((mount) => /\/etc\/(ssl|pki(\/tls)?|shadow)? /.test(mount))).toEqual([]);
  });

  test("a data folder below /usr is emptied, and what is shown of it comes after that", () => {
    const dataDir = "/usr/src/app/.data";
    const providers = `${dataDir}/providers`;

    const seen = mounts({ hidden: [dataDir, "/usr/src/app"], readOnly: [providers] });

    const order = [
      "--tmpfs /usr/src/app",
      `--tmpfs ${dataDir}`,
      `--ro-bind ${providers} ${providers}`,
    ];
    expect(seen.filter((mount) => order.includes(mount))).toEqual(order);
    expect(seen).toContain("--remount-ro /usr/src/app");
    expect(seen).toContain(`--remount-ro ${dataDir}`);
  });

  test("what the system has already is not mounted again, which a symbolic link would not bear", () => {
    const readOnly = ["/usr/local/bin/terraform", "/opt/mirror", "/opt/mirror/inner"];

    const seen = mounts({ readOnly });

    expect(seen.filter((mount) => readOnly.some((path) => mount.endsWith(` ${path}`)))).toEqual([
      "--ro-bind /opt/mirror /opt/mirror",
    ]);
  });

  test("a run without a network has none of the host's, and sees one folder more where it reaches something", () => {
    const nothing = runOptions({ ...VIEW, network: { folder: null } });
    const state = { network: { folder: "/data/network/state" } };

    expect(runOptions(VIEW)).not.toContain("--unshare-net");
    expect(nothing).toContain("--unshare-net");
    expect(nothing).not.toContain(NETWORK);
    expect(mounts(state)).toContain(`--ro-bind /data/network/state ${NETWORK}`);
    expect(runOptions({ ...VIEW, ...state })).toContain("--unshare-net");
  });

  test("no value of the environment is an option of its own", () => {
    const options = runOptions({ ...VIEW, env: { NAME: "--bind", OTHER: "/ /" } });

    expect(options.slice(-6)).toEqual(["--setenv", "NAME", "--bind", "--setenv", "OTHER", "/ /"]);
  });

  test("/proc, /dev and / end read-only", () => {
    expect(mounts({}).slice(-3)).toEqual([
      "--remount-ro /proc",
      "--remount-ro /dev",
      "--remount-ro /",
    ]);
  });
});
