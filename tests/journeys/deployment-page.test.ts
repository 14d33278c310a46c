import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openBrowser } from "#tests/http/console-fixture.ts";
import { found } from "#tests/support/found.ts";
import { openProduct, type Product } from "#tests/support/product.ts";

const SHOTS = process.env["SCREENSHOTS"];

describe.skipIf(found.chromium === null)("the page of a deployment", () => {
  let product: Product;
  let browser: Awaited<ReturnType<typeof openBrowser>>;

  beforeAll(async () => {
    product = await openProduct();
    browser = await openBrowser(found.chromium ?? "");
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  function card(page: Page, text: string): Locator {
    return page.locator(".message.bot", { hasText: text });
  }

  /** Presses “Details” on a card and follows the personal link it brings. */
  async function details(page: Page, on: Locator): Promise<Page> {
    await on.getByRole("button", { name: "Details" }).click();
    const link = page.getByRole("link", { name: "Open the page" }).last();
    await link.waitFor();
    const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    await opened.getByRole("button", { name: "Open", exact: true }).click();
    await opened.waitForURL("**/d/dep-*");
    return opened;
  }

  test("shows the whole plan before the vote, then the live log to its end, votes and events", async () => {
    const chat = await browser.open(`${product.url()}/console`, {
      viewport: { width: 1280, height: 900 },
    });
    await chat.locator("#composer").fill("I need a dev app environment called shop, please");
    await chat.locator("#composer").press("Enter");
    const approval = card(chat, "Approval needed: shop");
    await approval.waitFor({ timeout: 60_000 });

    const page = await details(chat, approval);
    await page.getByText("awaiting approval").waitFor();
    const resource = page.locator(".leaf", { hasText: "terraform_data.manifest" });
    await resource.locator("summary").click();
    const attributes = await resource.locator(".attributes").innerText();
    await page.getByRole("searchbox").fill("no such thing");
    await page.getByText("Nothing fits.").waitFor();
    await page.getByRole("searchbox").fill("manifest");
    await resource.waitFor();
    if (SHOTS !== undefined) {
      await page.screenshot({ path: `${SHOTS}/page-plan.png`, fullPage: true });
    }
    await chat.locator("label", { hasText: "Lead" }).click();
    // The conversation is drawn anew as Lead sees it, without the link that was Dev's alone.
    await chat.getByRole("link", { name: "Open the page" }).waitFor({ state: "detached" });
    await approval.getByRole("button", { name: "Approve" }).click();
    await page.locator("header .applied").waitFor({ timeout: 60_000 });
    await page.getByText("ended: done").waitFor({ timeout: 60_000 });
    if (SHOTS !== undefined) {
      await page.screenshot({ path: `${SHOTS}/page-applied.png`, fullPage: true });
    }

    const text = await page.locator("#page").innerText();
    expect(attributes).toContain("(known after apply)");
    expect(text).toContain("Apply complete");
    expect(text).toMatch(/Lead \(console\)\s+approved/);
    expect(text).toContain("the apply began");
    expect(browser.complaints).toEqual([]);
  });

  test("is closed to a browser without a link", async () => {
    const [made] = await deployments();

    const stranger = await fetch(`${product.url()}/d/${made.id}/about`);
    const log = await fetch(`${product.url()}/d/${made.id}/log`);

    expect([stranger.status, log.status]).toEqual([401, 401]);
    expect(await stranger.json()).toMatchObject({ code: "page-closed" });
  });

  async function deployments(): Promise<[{ id: string }]> {
    const headers = { "x-console-user": "dev" };
    const answer = await fetch(`${product.url()}/deployments`, { headers });
    const { items } = await answer.json();
    return items;
  }
});
