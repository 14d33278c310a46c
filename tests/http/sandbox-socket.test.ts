import { afterEach, describe, expect, test } from "vitest";
import { bubblewrapDriver } from "#sandbox/bubblewrap-shell.ts";
import type { SandboxLimits } from "#sandbox/limits.ts";
import type { Driver } from "#sandbox/shell.ts";
import { fakeDriver, type FakeDriver } from "#tests/fakes/shell.ts";
import { found } from "#tests/support/found.ts";
import { thisLauncher } from "#tests/support/sandbox-host.ts";
import { until } from "#tests/support/until.ts";
import { openSandboxServer, rawly, type SandboxServer } from "./sandbox-fixture.ts";

let server: SandboxServer | null = null;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = null;
});

async function open(driver: Driver, limits: Partial<SandboxLimits> = {}): Promise<SandboxServer> {
  server = await openSandboxServer({ driver, limits });
  return server;
}

describe("the websocket of a shell", () => {
  const opened = async (limits: Partial<SandboxLimits> = {}) => {
    const driver: FakeDriver = fakeDriver();
    return { driver, ...(await open(driver, limits)) };
  };

  test("is refused to other origins, without a cookie, to others, and twice", async () => {
    const { origin, enter, knock, connect } = await opened();
    const [mine, theirs] = [await enter("student"), await enter("dev")];
    const { cookie } = mine;

    const foreign = await knock(mine.page, { origin: "https://evil.example", cookie });
    const originless = await knock(mine.page, { cookie });
    const cookieless = await knock(mine.page, { origin });
    const another = await knock(mine.page, { origin, cookie: theirs.cookie });
    const unknown = await knock(`/shell/${"A".repeat(16)}`, { origin, cookie });
    await connect(mine);
    const second = await knock(mine.page, { origin, cookie });

    expect([foreign, originless, cookieless, another, unknown, second]).toEqual([
      403, 403, 401, 403, 401, 429,
    ]);
  });

  test("that is refused says why and what to do, as problem details in one's language", async () => {
    const { origin, enter } = await opened();
    const { page } = await enter();
    const upgrade = { connection: "upgrade", upgrade: "websocket", "accept-language": "ko" };

    const answer = await rawly(`${origin}${page}/socket`, { headers: { ...upgrade, origin } });

    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json).toEqual({
      type: "about:blank",
      title: "Unauthorized",
      status: 401,
      code: "shell-over",
      detail: expect.stringMatching(/[가-힣]/),
      next: expect.stringMatching(/[가-힣]/),
    });
  });

  test("is closed when the hour of the session is over", async () => {
    const { origin, enter, knock, clock } = await opened();
    const { page, cookie } = await enter();

    clock.at += 60 * 60_000;
    const status = await knock(page, { origin, cookie });

    expect(status).toBe(401);
  });

  test("carries keys and sizes one way and output the other", async () => {
    const { driver, enter, connect } = await opened();
    const line = await connect(await enter());

    line.type("ls\r");
    line.socket.send(JSON.stringify({ type: "resize", columns: 100, rows: 40 }));

    await until("the echo", () => line.output().includes("<ls\r>"));
    await until("the size", () => driver.sizes.length > 0);
    expect(driver.sizes).toEqual([{ columns: 100, rows: 40 }]);
  });

  test("cuts what one message may type, and hangs up on what it does not know", async () => {
    const { enter, connect } = await opened();
    const line = await connect(await enter());
    let closed = 0;
    line.socket.on("close", (code) => (closed = code));

    line.type("x".repeat(10_000));
    await until("the echo", () => line.output().endsWith(">"));
    line.socket.send("{ nonsense");
    await until("the end", () => closed > 0);

    expect(line.output()).toBe(`<${"x".repeat(4_096)}>`);
    expect(closed).toBe(1008);
  });

  test("hangs up on a frame over 64 KB and offers no compression", async () => {
    const { enter, connect } = await opened();
    const line = await connect(await enter());
    let closed = false;
    line.socket.on("close", () => (closed = true));
    line.socket.on("error", () => undefined);

    const { extensions } = line.socket;
    line.type("x".repeat(70_000));

    await until("the end", () => closed);
    expect(extensions).toBe("");
  });

  test("a page that comes back finds its shell with what was printed last", async () => {
    const { driver, enter, connect } = await opened();
    const entered = await enter();
    const before = await connect(entered);
    before.type("one");
    await until("the echo", () => before.output().includes("<one>"));
    before.socket.terminate();

    const after = await until("the shell to be free", () => connect(entered).catch(() => null));
    await until("what was there", () => after.output().includes("<one>"));

    expect(driver.running()).toBe(1);
  });

  test("says that the shell has ended, and its session is over then", async () => {
    const { origin, enter, connect, knock } = await opened();
    const entered = await enter();
    const line = await connect(entered);

    line.type("exit\r");
    await until("the last word", () => line.ended() !== null);
    const again = await until("the session to be over", async () => {
      const status = await knock(entered.page, { origin, cookie: entered.cookie });
      return status === 401 ? status : null;
    });

    expect(line.ended()).toBe("exit");
    expect(again).toBe(401);
  });

  test("ends a shell in which nothing is typed, and says so", async () => {
    const { driver, enter, connect } = await opened({ idleMs: 50 });

    const line = await connect(await enter());
    await until("the last word", () => line.ended() !== null);

    expect(line.ended()).toBe("idle");
    expect(driver.running()).toBe(0);
  });

  test("ends a shell that printed more than it may, and says so", async () => {
    const { driver, enter, connect } = await opened({ outputBytes: 1_000 });
    const line = await connect(await enter());

    driver.print("x".repeat(1_001));
    await until("the last word", () => line.ended() !== null);

    expect(line.ended()).toBe("output");
    expect(driver.running()).toBe(0);
  });

  test("ends a shell that nobody comes back to", async () => {
    const { driver, enter, connect } = await opened({ detachedMs: 50 });
    const line = await connect(await enter());

    line.socket.terminate();

    await until("the shell to be gone", () => driver.running() === 0);
    expect(driver.running()).toBe(0);
  });

  test("a person has three shells at most and a host has its own limit", async () => {
    const { enter, connect, knock, link, origin } = await opened({ shellsPerHost: 4 });
    const fourth = await enter("student");
    const fifth = await enter("ops");
    for (const person of ["student", "student", "student", "dev"]) {
      await connect(await enter(person));
    }

    const tooMany = await knock(fourth.page, { origin, cookie: fourth.cookie });
    const full = await knock(fifth.page, { origin, cookie: fifth.cookie });

    expect([tooMany, full]).toEqual([429, 429]);
    await expect(link("student")).rejects.toThrow("too-many-shells");
    await expect(link("ops")).rejects.toThrow("host-full");
  });

  test("stops reading a shell that prints faster than it may, for the rest of the second", async () => {
    const { driver, enter, connect } = await opened({ outputBytesPerSecond: 1_000 });
    await connect(await enter());

    driver.print("x".repeat(1_001));
    const stopped = [...driver.held];
    await until("it to go on", () => driver.held.includes("resume"));

    expect(stopped).toEqual(["pause"]);
    expect(driver.held).toEqual(["pause", "resume"]);
  });
});

describe.skipIf(!found.bubblewrap)("the websocket of a shell in bubblewrap", () => {
  test("does the demo's command", async () => {
    const { enter, connect } = await open(bubblewrapDriver(await thisLauncher()));
    const line = await connect(await enter());

    line.type("echo hello-from-$((40+2))\r");

    await until("the answer", () => line.output().includes("hello-from-42"));
    expect(line.output()).toContain("hello-from-42");
  });

  test("a flood into a stalled browser stands still, and goes on when it reads again", async () => {
    const limits = { outputBytesPerSecond: 1e9, outputBytes: 1e9 };
    const { enter, connect } = await open(bubblewrapDriver(await thisLauncher()), limits);
    const line = await connect(await enter());
    line.type("yes\r");
    await until("the flood", () => line.output().length > 100_000);

    line.socket.pause();
    const before = process.memoryUsage().rss;
    await until(
      "nothing more to come",
      standsStill(() => process.cpuUsage().user),
    );
    const grown = process.memoryUsage().rss - before;
    const had = line.output().length;
    line.socket.resume();
    await until("more", () => line.output().length > had + 1_000_000);
    line.socket.terminate();

    expect(grown).toBeLessThan(64 * 1024 * 1024);
  });
});

/** True once a number has hardly changed over a while: the process has nothing to do. */
function standsStill(read: () => number): () => boolean {
  let last = read();
  let quiet = 0;
  return () => {
    const now = read();
    quiet = now - last < 5_000 ? quiet + 1 : 0;
    last = now;
    return quiet > 30;
  };
}
