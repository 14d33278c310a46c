import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openBrowser } from "#tests/http/console-fixture.ts";
import { found } from "#tests/support/found.ts";
import { openProduct, type Product } from "#tests/support/product.ts";

const SHOTS = process.env["SCREENSHOTS"];

describe.skipIf(found.chromium === null)("a newcomer's first minute in a browser", () => {
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

  /** Pictures for people; the test itself looks at texts. */
  async function picture(page: Page, name: string): Promise<void> {
    if (SHOTS !== undefined) {
      await page.screenshot({ path: `${SHOTS}/${name}.png` });
    }
  }

  async function say(page: Page, text: string): Promise<void> {
    await page.locator("#composer").fill(text);
    await page.locator("#composer").press("Enter");
    await page.locator(".message.mine", { hasText: text }).waitFor();
  }

  /** The switch is a set of radio buttons; people press what is drawn over them. */
  async function become(page: Page, name: string): Promise<void> {
    await page.locator("label", { hasText: name }).click();
  }

  function card(page: Page, text: string): Locator {
    return page.locator(".message.bot", { hasText: text });
  }

  test("asks, gets a real plan, becomes the approver, approves, reads ids, learns and types in a shell", async () => {
    const page = await browser.open(`${product.url()}/console`, {
      viewport: { width: 1280, height: 900 },
    });

    await say(page, "I need a staging app environment called shop, please");
    const approval = card(page, "Approval needed: shop");
    await approval.waitFor({ timeout: 60_000 });
    await picture(page, "1-approval");

    // What is pressed while the conversation is fetched for the next person is drawn anew under the hand.
    const fetched = page.waitForResponse((answer) => answer.url().includes("/console/threads/"));
    await become(page, "Lead");
    await (await fetched).finished();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => drawn(null))));
    await approval.getByRole("button", { name: "Approve" }).click();
    const report = card(page, "shop is ready");
    await report.waitFor({ timeout: 60_000 });
    await picture(page, "2-report");
    expect(await report.innerText()).toMatch(/terraform_data\.manifest\s+[0-9a-f]{8}-/);

    await become(page, "Student");
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByText("What do you need, Student?").waitFor();
    await say(page, "/learn part2/day3/cli_basics");
    const lesson = card(page, "CLI basics").first();
    await lesson.waitFor();
    await lesson.getByRole("button", { name: "Open CLI Tool" }).click();
    const link = page.getByRole("link", { name: /shell/i }).last();
    await link.waitFor();
    await picture(page, "3-lesson");

    const [shell] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    await shell.getByRole("button", { name: "Open", exact: true }).click();
    await shell.waitForURL("**/shell/*");
    await shell.locator(".state:empty").waitFor({ state: "attached" });
    await shell.keyboard.type("echo hello-from-$((40+2))\n");
    await shell.getByText("hello-from-42", { exact: true }).first().waitFor({ state: "attached" });
    await picture(shell, "4-shell");
    expect(browser.complaints).toEqual([]);
  });

  test("does the same in Korean from the bare address up to the approval card", async () => {
    const page = await browser.open(`${product.url()}/`, {
      locale: "ko-KR",
      viewport: { width: 1280, height: 900 },
    });

    await say(page, "매장이 쓸 개발 앱 환경을 store라는 이름으로 만들어 주세요");
    const approval = card(page, "승인 필요: store");
    await approval.waitFor({ timeout: 60_000 });
    await picture(page, "5-korean");

    expect(await approval.innerText()).toContain("위험도: 낮음");
    expect(await page.locator("html").getAttribute("lang")).toBe("ko");
  });
});
