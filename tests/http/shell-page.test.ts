import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromium, type Browser, type Page } from "playwright-core";
import { chooseDriver } from "#sandbox/choose-driver.ts";
import { found } from "#tests/support/found.ts";
import { thisHost } from "#tests/support/sandbox-host.ts";
import { openSandboxServer, type SandboxServer } from "./sandbox-fixture.ts";

describe.skipIf(found.chromium === null)("the pages of a link and a shell", () => {
  let server: SandboxServer;
  let browser: Browser;
  beforeAll(async () => {
    const { driver } = await chooseDriver(thisHost());
    server = await openSandboxServer({ driver });
    browser = await chromium.launch({
      executablePath: found.chromium ?? "",
      args: ["--no-sandbox"],
    });
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  async function openLink(locale: string): Promise<{ page: Page; complaints: string[] }> {
    const page = await (await browser.newContext({ locale })).newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") {
        complaints.push(message.text());
      }
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${server.origin}/s#${await server.link()}`);
    return { page, complaints };
  }

  test("lead from the link to a terminal that runs what is typed", async () => {
    const { page, complaints } = await openLink("en-US");

    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.waitForURL("**/shell/*");
    await page.locator(".state:empty").waitFor({ state: "attached" });
    await page.keyboard.type("echo hello-from-$((40+2))\n");
    await page.getByText("hello-from-42", { exact: true }).first().waitFor({ state: "attached" });

    expect(page.url()).not.toContain("#");
    expect(complaints).toEqual([]);
  });

  test("go on in the same shell after a reload", async () => {
    const { page } = await openLink("en-US");
    await page.getByRole("button").click();
    await page.locator(".state:empty").waitFor({ state: "attached" });
    await page.keyboard.type("x=still-there\n");

    await page.reload();
    await page.locator(".state:empty").waitFor({ state: "attached" });
    await page.keyboard.type("echo $x-indeed\n");

    await page.getByText("still-there-indeed").first().waitFor({ state: "attached" });
    expect(await page.title()).toBe("Lesson and shell");
  });

  test("say in the reader's language why a used link does not open", async () => {
    const { page } = await openLink("ko-KR");
    const secret = await server.link();
    await server.spend(secret);
    await page.goto("about:blank");
    await page.goto(`${server.origin}/s#${secret}`);

    await page.getByRole("button", { name: "열기", exact: true }).click();

    await page.getByRole("alert").filter({ hasText: "만료되었습니다" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("ko");
  });

  test("let no output of a shell reach the clipboard or the title", async () => {
    const { page } = await openLink("en-US");
    await page.getByRole("button").click();
    await page.locator(".state:empty").waitFor({ state: "attached" });
    const before = await page.title();

    await page.keyboard.type("printf '\\033]0;stolen\\007\\033]52;c;c3RvbGVu\\007'; echo do'ne'\n");
    await page.getByText("done", { exact: true }).first().waitFor({ state: "attached" });

    expect(await page.title()).toBe(before);
    expect(await page.evaluate(() => navigator.clipboard.readText().catch(() => ""))).toBe("");
  });
});
