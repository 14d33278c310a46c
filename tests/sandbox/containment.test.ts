import { spawn } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isAlive, processTree } from "#isolation/processes.ts";
import { bubblewrapDriver } from "#sandbox/bubblewrap-shell.ts";
import type { Driver } from "#sandbox/shell.ts";
import { openTerminal } from "#sandbox/terminal.ts";
import { found } from "#tests/support/found.ts";
import { thisHost, thisLauncher, typist, type Typist } from "#tests/support/sandbox-host.ts";
import { until } from "#tests/support/until.ts";

const MARKER = "MARKER_OF_THE_SERVER";

describe.skipIf(!found.bubblewrap)("a shell in bubblewrap", () => {
  let driver: Driver;
  const open: Typist[] = [];
  beforeAll(async () => {
    process.env[MARKER] = "must-not-be-seen";
    driver = bubblewrapDriver(await thisLauncher());
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((typing) => typing[Symbol.asyncDispose]()));
  });
  afterAll(() => {
    delete process.env[MARKER];
  });

  function start(): Typist {
    const typing = typist(driver.start({ size: { columns: 200, rows: 24 }, lang: "en" }));
    open.push(typing);
    return typing;
  }

  test("runs commands as a person without rights, in a home of its own", async () => {
    const shell = start();

    const printed = await shell.run("echo hello-from-$((40+2)); id -u; pwd");

    expect(printed.split(/\s+/)).toEqual(["hello-from-42", "1000", "/home/learner"]);
  });

  test("knows Korean letters as letters", async () => {
    const shell = start();

    const printed = await shell.run("word=안녕; touch $word.txt; ls; echo ${#word}");

    expect(printed.split(/\s+/)).toEqual(["안녕.txt", "2"]);
  });

  test("does not show the server's environment, nor how it was started", async () => {
    const shell = start();

    const environ = await shell.run("cat /proc/*/environ | tr '\\0' '\\n'; env");
    const cmdline = await shell.run("tr '\\0' ' ' < /proc/1/cmdline");

    expect(environ).not.toContain(MARKER);
    expect(environ).not.toContain("must-not-be-seen");
    expect(cmdline).not.toContain("--setenv");
    expect(cmdline).not.toContain("mcp-sandbox-tests");
  });

  test("reaches neither loopback nor the metadata address nor the internet", async () => {
    const shell = start();

    const printed = await shell.run(
      "for a in 127.0.0.1 169.254.169.254 1.1.1.1; do (exec 3<>/dev/tcp/$a/80) 2>&1; done",
    );

    expect(printed.match(/refused|unreachable/g)?.length).toBeGreaterThanOrEqual(3);
  });

  test("sees nothing of the host's files and cannot write outside its small folders", async () => {
    const shell = start();

    const seen = await shell.run(`ls -d /etc/shadow /root ${process.cwd()} /usr/bin/gcc 2>&1`);
    const written = await shell.run(
      "for f in /a /usr/a /etc/a /dev/a /proc/a; do (echo x > $f) 2>/dev/null && echo $f; done",
    );
    const filled = await shell.run(
      "for n in 1 2 3 4; do head -c 7000000 /dev/zero > /tmp/$n; done 2>/dev/null; du -sb /tmp | cut -f1",
    );

    expect(seen.match(/No such file/g)).toHaveLength(4);
    expect(written).toBe("");
    expect(Number(filled)).toBeLessThanOrEqual(16 * 1024 * 1024);
  });

  test("cannot raise its limits or its rights", async () => {
    const shell = start();

    const printed = await shell.run("ulimit -u 1000 2>&1; grep NoNewPrivs /proc/self/status");

    expect(printed).toMatch(/not permitted|cannot modify/);
    expect(printed).toMatch(/NoNewPrivs:\s+1/);
  });

  test("runs out of memory alone", async () => {
    const [greedy, other] = [start(), start()];

    const died = await greedy.run(
      `awk 'BEGIN { s = "x"; while (1) s = s s }' >/dev/null 2>&1; echo rc=$?`,
    );
    const lives = await other.run("echo alive");

    expect(died).toMatch(/rc=[1-9]/);
    expect(lives).toBe("alive");
  });

  test("dies alone of a fork bomb, and nothing of it is left", async () => {
    const [bomb, other] = [start(), start()];
    await other.run("true");
    bomb.shell.write("b() { b | b & }; b\r");

    await until("the bomb to hit its limit", () => /fork|Resource/.test(bomb.printed()));
    const lives = await other.run("echo $(echo alive)");
    const clean = await bomb.shell.end();

    expect(lives).toBe("alive");
    expect(clean).toBe(true);
  });

  test("gives Ctrl-C to the running command and goes on", async () => {
    const shell = start();
    shell.shell.write("echo 'sl'eeping; sleep 1000\r");
    await until("the command to run", () => shell.printed().includes("sleeping"));

    shell.shell.write("\u0003");
    const printed = await shell.run("echo still-here");

    expect(printed).toBe("still-here");
  });

  test("knows the size of the window", async () => {
    const shell = start();
    await shell.run("true");

    shell.shell.resize({ columns: 111, rows: 33 });
    const printed = await shell.run("stty size");

    expect(printed).toBe("33 111");
  });

  test("leaves no process behind when it is killed, not even one that hides", async () => {
    const launch = await thisLauncher();
    const terminal = openTerminal(launch(["/usr/bin/bash", "-c", HIDING]));
    let printed = "";
    terminal.onOutput((text) => (printed += text));
    await until("the hidden process", () => printed.includes("hidden"));
    const before = processTree(terminal.pid);

    process.kill(-terminal.pid, "SIGKILL");

    await until("everything to be gone", () => !before.some(isAlive));
    expect(before.length).toBeGreaterThanOrEqual(4);
  });
});

describe.skipIf(!found.bubblewrap)("a server that is killed", () => {
  test("takes its shells along, with everything in them", async () => {
    const { dataDir, path } = thisHost();
    const server = spawn(process.execPath, ["--input-type=module", "-e", SERVER], {
      env: { DATA: dataDir, PATH: path },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    server.stdout.on("data", (data: Buffer) => (printed += data.toString()));
    await until("the hidden process", () => printed.includes("hidden"));
    const before = processTree(server.pid ?? 0);

    server.kill("SIGKILL");

    await until("everything to be gone", () => !before.some(isAlive));
    expect(before.length).toBeGreaterThanOrEqual(5);
  });
});

const SERVER = `
  const { chooseDriver } = await import("#sandbox/choose-driver.ts");
  const { driver } = await chooseDriver({
    dataDir: process.env.DATA, path: process.env.PATH, uid: process.getuid(), hidden: [],
  });
  const shell = driver.start({ size: { columns: 80, rows: 24 }, lang: "en" });
  shell.onOutput((text) => process.stdout.write(text));
  shell.write("(trap '' HUP TERM INT; sleep 1000 & echo hid'den'; wait) & wait\\r");
`;

// In the background, deaf to hang-ups, orphaned.
const HIDING = "(trap '' HUP TERM INT; sleep 1000 & sleep 1000 & echo hid'den'; wait) & wait";
