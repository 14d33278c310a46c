import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openBrowser } from "#tests/http/console-fixture.ts";
import { found } from "#tests/support/found.ts";
import { openProduct, type Product } from "#tests/support/product.ts";

const SHOTS = process.env["SCREENSHOTS"];

describe.skipIf(found.chromium === null)("a deployment from a form in a browser", () => {
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
  async function picture(shown: Locator, name: string): Promise<void> {
    if (SHOTS !== undefined) {
      await shown.screenshot({ path: `${SHOTS}/${name}.png` });
    }
  }

  function open(locale: string): Promise<Page> {
    const viewport = { width: 1280, height: 1800 };
    return browser.open(`${product.url()}/console`, { locale, viewport });
  }

  async function say(page: Page, text: string): Promise<void> {
    await page.locator("#composer").fill(text);
    await page.locator("#composer").press("Enter");
    await page.locator(".message.mine", { hasText: text }).waitFor();
  }

  function card(page: Page, text: string): Locator {
    return page.locator(".message.bot", { hasText: text });
  }

  test("one wrong field is told beside it, and mended it becomes a plan with these values", async () => {
    const page = await open("en-GB");
    await say(page, "/cloud create aws_vpc");
    const form = card(page, "New: AWS network (VPC)");
    await form.waitFor();
    await picture(form, "form-en");

    await form.getByLabel("Name of the deployment").fill("shop-net");
    await form.getByLabel("Address range (CIDR)").fill("10.30.0.0/33");
    await form.getByRole("button", { name: "Make the plan" }).click();
    const wrong = form.getByText("“cidr” breaks a rule of the module");
    await wrong.waitFor();
    await picture(form, "form-wrong-en");
    const kept = await form.getByLabel("Name of the deployment").inputValue();
    await form.getByLabel("Address range (CIDR)").fill("10.30.0.0/20");
    await form.getByLabel("Availability zones").selectOption({ label: "Three zones" });
    await form.getByRole("button", { name: "Make the plan" }).click();
    await card(page, "Approval needed: shop-net").waitFor({ timeout: 60_000 });
    await picture(page.locator("body"), "form-planned-en");

    expect(kept).toBe("shop-net");
    expect(await card(page, "Dev sent this form for shop-net").count()).toBe(1);
    const { body } = await product.get("dev", "/deployments/shop-net");
    expect(body).toMatchObject({
      environment: "dev",
      vars: { cidr: "10.30.0.0/20", az_count: 3, region: "ap-northeast-2" },
    });

    const approval = card(page, "Approval needed: shop-net");
    await approval.getByRole("button", { name: "Change values…" }).click();
    const change = card(page, "Change values: shop-net");
    await change.waitFor();
    await picture(change, "form-change-en");
    await change.getByRole("button", { name: "More settings" }).click();
    await change.getByLabel("Tags").fill("owner = shop\nstage = try");
    await change.getByRole("button", { name: "Make the plan" }).click();
    await card(page, "Dev sent this form for shop-net").nth(1).waitFor();
    await card(page, "Approval needed: shop-net").waitFor({ timeout: 60_000 });
    const after = await product.get("dev", "/deployments/shop-net/events");
    expect(after.status).toBe(200);
    expect(browser.complaints).toEqual([]);
  });

  test("the catalogue opens the same form in Korean", async () => {
    const page = await open("ko-KR");
    await say(page, "모듈 보여줘");
    const modules = card(page, "만들 수 있는 것");
    await modules.getByRole("combobox").selectOption({ label: "AWS 네트워크(VPC) (aws_vpc)" });
    await picture(modules, "modules-ko");
    await modules.getByRole("button", { name: "만들기…" }).click();
    const form = card(page, "새로 만들기: AWS 네트워크(VPC)");
    await form.waitFor();

    await form.getByLabel("배포 이름").fill("매장");
    await form.getByRole("button", { name: "계획 만들기" }).click();
    await form.getByText("쓸 수 없는 값이 1개 있습니다").waitFor();
    await picture(form, "form-ko");

    expect(await form.innerText()).toContain("주소 범위(CIDR)");
    expect(await form.innerText()).not.toContain("Make the plan");
  });
});
