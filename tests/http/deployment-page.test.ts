import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BrowserContextOptions, Page } from "playwright-core";
import { bundlePages } from "#http/pages.ts";
import { found } from "#tests/support/found.ts";
import { openBrowser } from "./console-fixture.ts";
import {
  aRow,
  anAbout,
  FIRST,
  planningAgain,
  servePage,
  type Told,
} from "./deployment-page-fixture.ts";

describe.skipIf(found.chromium === null)("the page of a deployment in a browser", () => {
  const pages = found.chromium === null ? null : bundlePages();
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let served: Awaited<ReturnType<typeof servePage>>;
  let told: Told;

  beforeAll(async () => {
    browser = await openBrowser(found.chromium ?? "");
  });
  beforeEach(async () => {
    told = {
      about: anAbout(),
      plans: { [FIRST]: { rows: [aRow("aws_vpc.this")], text: "the text" } },
      log: { lines: ["one", "two"], end: "done", status: 200 },
      readers: [],
    };
    served = await servePage((await pages) ?? (await bundlePages()), told);
  });
  afterEach(async () => {
    await served[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
  });

  function open(query = "", options: BrowserContextOptions = {}): Promise<Page> {
    return browser.open(`${served.url}${query}`, { timezoneId: "Asia/Seoul", ...options });
  }

  test("ten thousand resources and as many lines leave it at the reader's hand", async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => aRow(`terraform_data.one[${n}]`));
    told.plans = { [FIRST]: { rows, text: "the text" } };
    told.log.lines = rows.map(({ address }) => `${address}: Plan to create`);

    const page = await open();
    await page.getByText("10000 of 10000 resources").waitFor();
    await page.getByText("Only the newest 5000 lines are shown here; 5000 earlier").waitFor();
    await page.locator(".leaf summary").first().click();
    await page.getByRole("button", { name: "Show 300 more" }).click();
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    const opened = await page.locator(".leaf[open]").count();
    await page.getByRole("searchbox").fill("one[9999]");
    await page.getByText("1 of 10000 resources").waitFor();

    expect(focused).toContain("terraform_data.one[300]");
    expect(opened).toBe(1);
    expect(await page.locator(".leaf").count()).toBe(1);
  });

  test("a Korean link brings a page in Korean, with times where the reader is", async () => {
    const page = await open("?lang=ko");
    await page.getByText("종료: 완료").waitFor();

    const text = await page.locator("#page").innerText();

    expect(text).toContain("17:41:21 one");
    expect(text).toContain("변경 종료: 적용됨");
    expect(text).toMatch(/Lead \(console\)\s+승인\s+생성/);
    expect(await page.locator("html").getAttribute("lang")).toBe("ko");
  });

  test("a new change shows no plan of the one before, whose plan and votes stay at hand", async () => {
    const page = await open();
    await page.locator(".leaf").waitFor();

    told.about = planningAgain();
    await page.getByText("This change has no plan yet.").waitFor();
    const left = await page.locator(".leaf").count();
    await page.getByLabel("Plan of").selectOption(FIRST);
    await page.locator(".leaf").waitFor();

    expect(left).toBe(0);
    expect(await page.locator("#page").innerText()).toMatch(/Lead \(console\)\s+approved\s+create/);
  });

  test("markup in a value is text, and signs that turn letters around are seen", async () => {
    told.about = anAbout({ vars: { owner: "<img src=x> **b** \u202eevil" } });
    const page = await open();
    await page.getByText("Facts").waitFor();

    const text = await page.locator("#page").innerText();

    expect(text).toContain("<img src=x> **b** \\u202eevil");
    expect(await page.locator("img").count()).toBe(0);
  });

  test("what can be learnt no more is told, and told no more once it can", async () => {
    const page = await open();
    await page.locator(".leaf").waitFor();

    await served.away();
    await page.getByRole("alert").getByText("The server has not answered since").waitFor();
    told.about = { status: 401, detail: "This page is closed." };
    await served.back();
    await page.getByRole("alert").getByText("This page is closed. Do this now.").waitFor();
    told.about = anAbout();
    await page.getByRole("alert").waitFor({ state: "hidden" });

    expect(await page.locator(".leaf").count()).toBe(1);
  });

  test("a log goes on after its last line, and begins anew where the browser gave it up", async () => {
    told.log.end = null;
    const page = await open();
    await page.getByText("two", { exact: false }).last().waitFor();

    told.log.lines = ["one", "two", "three"];
    served.dropStreams();
    await page.getByText("17:41:21 three").waitFor();
    told.log.status = 503;
    served.dropStreams();
    await expect.poll(() => told.readers.length).toBeGreaterThan(3);
    told.log = { lines: ["one", "two", "three", "four"], end: "done", status: 200 };
    await page.getByText("17:41:21 four").waitFor();

    expect(told.readers.slice(0, 3)).toEqual([null, "2", "3"]);
    expect(await page.locator(".line").count()).toBe(4);
  });
});
