import { afterEach, describe, expect, test } from "vitest";
import { justBashDriver } from "#sandbox/just-bash-shell.ts";
import { typist, type Typist } from "#tests/support/sandbox-host.ts";
import { until } from "#tests/support/until.ts";

describe("a shell simulated by just-bash", () => {
  const open: Typist[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((typing) => typing[Symbol.asyncDispose]()));
  });

  function start(stuckMs = 15_000): Typist {
    const shell = justBashDriver(stuckMs).start({ size: { columns: 80, rows: 24 }, lang: "en" });
    const typing = typist(shell);
    open.push(typing);
    return typing;
  }

  test("runs the command of the demo like a real one", async () => {
    const shell = start();

    const printed = await shell.run("echo hello-from-$((40+2))");

    expect(printed).toBe("hello-from-42");
  });

  test("keeps files, variables and the folder from line to line", async () => {
    const shell = start();
    await shell.run("mkdir a; cd a; echo one > f; x=5");

    const printed = await shell.run("pwd; cat f; echo $x");

    expect(printed.split(/\s+/)).toEqual(["/home/learner/a", "one", "5"]);
  });

  test.each(["terraform plan", "git status", "tofu version"])(
    "answers %s with what it needs",
    async (command) => {
      const shell = start();

      const printed = await shell.run(command);

      expect(printed).toContain("needs bubblewrap");
    },
  );

  test("sees neither the host's files nor its programs nor its environment", async () => {
    const shell = start();

    const files = await shell.run(`cat /etc/passwd ${process.cwd()}/package.json`);
    const programs = await shell.run("node -e 1; python3 -c 1; curl http://127.0.0.1");
    const environ = await shell.run("env; cat /proc/self/environ");

    expect(files.match(/No such file/g)).toHaveLength(2);
    expect(programs.match(/not found|not available/g)).toHaveLength(3);
    expect(environ).not.toContain("VITEST");
  });

  test("an endless loop in it does not hold the server", async () => {
    const shell = start();
    await shell.run("true");
    const [all, server] = [process.cpuUsage(), process.threadCpuUsage()];

    shell.shell.write("while true; do :; done\r");
    await until("the loop to hit its limit", () => shell.printed().includes("too many"));

    expect(process.threadCpuUsage(server).user).toBeLessThan(process.cpuUsage(all).user / 2);
  });

  test("Ctrl-C ends a command that would sleep on, in a fresh shell", async () => {
    const shell = start();
    await shell.run("x=5");
    shell.shell.write("sleep 1000\r");

    shell.shell.write("\u0003");
    const printed = await shell.run("echo x=$x");

    expect(printed).toBe("x=");
    expect(shell.printed()).toContain("The shell started again");
  });

  test("a command that does not end is stopped without being asked", async () => {
    const shell = start(2_000);
    shell.shell.write("sleep 1000\r");

    await until("the shell to start again", () => shell.printed().includes("started again"));
    const printed = await shell.run("echo alive");

    expect(printed).toBe("alive");
  });

  test("ends on exit", async () => {
    const shell = start();
    let ended = false;
    shell.shell.onEnd(() => (ended = true));

    shell.shell.write("exit\r");

    await until("the end", () => ended);
    expect(ended).toBe(true);
  });
});
