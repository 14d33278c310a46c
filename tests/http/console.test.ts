import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Card } from "#bots/card.ts";
import { SAMPLES } from "#bots/cards/samples.ts";
import { bundlePages } from "#http/pages.ts";
import { aCard, aMessage } from "#tests/fakes/cards.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { found } from "#tests/support/found.ts";
import { heldBack, openBrowser, serveConsole } from "./console-fixture.ts";

type Browser = Awaited<ReturnType<typeof openBrowser>>;
type Served = Awaited<ReturnType<typeof serveConsole>>;

// One database is enough: what the stores do on each is their own tests' subject.
const databases = testDatabases().slice(0, 1);

describe.skipIf(found.chromium === null).each(databases)("the console page", ({ open }) => {
  const opened = chatDatabase(open);
  const at: { browser: Browser | null; served: Served | null; chat: ChatHouse | null } = {
    browser: null,
    served: null,
    chat: null,
  };
  const pages = found.chromium === null ? null : bundlePages();

  beforeAll(async () => {
    at.browser = await openBrowser(found.chromium ?? "");
  });
  beforeEach(async () => {
    at.chat = chatHouse(opened.db);
    at.served = pages === null ? null : await serveConsole(at.chat, await pages);
  });
  afterEach(async () => {
    await at.served?.[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await at.browser?.[Symbol.asyncDispose]();
  });

  function here() {
    const { browser, served, chat } = at;
    if (browser === null || served === null || chat === null) {
      throw new Error("the page is served only while a test runs");
    }
    return {
      browser,
      chat,
      console: `${served.url}/console`,
      gallery: `${served.url}/console/gallery`,
    };
  }

  async function shown(card: Card, over: { id?: string; revision?: number } = {}): Promise<void> {
    const { chat } = here();
    const { id = "c-1", revision = 1 } = over;
    const content = { text: card.fallback, card, about: [] };
    await chat.messages.shown(id, aMessage({ content, revision }));
    chat.bell.ring();
  }

  test("the keyboard alone asks, and the answer comes in by itself", async () => {
    const { browser, chat, console } = here();
    const page = await browser.open(console);
    await page.getByText("What do you need, Dev?").waitFor();

    await page.keyboard.type("I need an environment");
    await page.keyboard.press("Enter");
    await page.locator(".message.mine").waitFor();
    await chat.settle();

    await page.locator(".message.bot", { hasText: "done" }).waitFor();
    expect(await page.locator(".threads .thread").innerText()).toContain("I need an environment");
    expect(await page.locator("#composer").inputValue()).toBe("");
  });

  test("Shift and Enter make a new line, and so does Enter that ends a Korean syllable", async () => {
    const { browser, console } = here();
    const page = await browser.open(console);
    const field = page.locator("#composer");
    await field.fill("환경");

    await field.press("Shift+Enter");
    await field.dispatchEvent("keydown", { key: "Enter", isComposing: true });

    expect(await field.inputValue()).toContain("환경");
    expect(await page.locator(".message").count()).toBe(0);
  });

  test("Reject asks for the reason and brings it apart from the button's value", async () => {
    const { browser, chat, console } = here();
    await shown(sample("approval.waiting"));
    const page = await browser.open(`${console}?user=lead#t-1`);
    await page.getByRole("button", { name: "Reject" }).click();
    const asked = await page.locator("input:focus, textarea:focus").boundingBox();

    const send = page.getByRole("button", { name: "Reject" }).last();
    await send.click();
    await page.getByText("Please fill this in.").waitFor();
    await page.getByLabel("Why do you reject it?").fill("too big");
    const answered = page.waitForResponse(/\/console\/actions/);
    await send.click();
    expect((await answered).status()).toBe(200);

    const next = await chat.inbox.next();
    const composer = await page.locator(".composer").boundingBox();
    expect((asked?.y ?? 0) + (asked?.height ?? 0)).toBeLessThanOrEqual(composer?.y ?? 0);
    expect(next?.incoming).toMatchObject({
      kind: "press",
      user: "lead",
      message: "c-1",
      value: { do: "reject", change: "chg-aaaaaaaaaa" },
      inputs: { reason: "too big" },
    });
  });

  test("Approve is one press and carries nothing but its value", async () => {
    const { browser, chat, console } = here();
    await shown(sample("approval.waiting"));
    const page = await browser.open(`${console}?user=lead#t-1`);

    const answered = page.waitForResponse(/\/console\/actions/);
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await answered;

    const next = await chat.inbox.next();
    expect(await page.locator(":focus").innerText()).toBe("Approve");
    expect(next?.incoming).toMatchObject({
      value: { do: "approve", change: "chg-aaaaaaaaaa" },
      inputs: {},
    });
  });

  test("what could not be sent comes back, and goes out in the page's language", async () => {
    const { browser, chat, console } = here();
    const page = await browser.open(`${console}?lang=ko`);
    await page.route("**/console/messages", (route) => route.abort(), { times: 1 });

    await page.locator("#composer").fill("/learn");
    await page.locator("#composer").press("Enter");
    await page.getByRole("alert").getByText("서버에 연결할 수 없어").waitFor();
    await page.locator("#composer").press("Enter");
    await page.locator(".message.mine", { hasText: "/learn" }).waitFor();

    expect((await chat.inbox.next())?.incoming).toMatchObject({ text: "/learn", lang: "ko" });
  });

  test("an edited card takes the place of the old one and keeps the focus", async () => {
    const { browser, console } = here();
    await shown(sample("approval.waiting"));
    const page = await browser.open(`${console}?user=lead#t-1`);
    await page.getByRole("button", { name: "Approve", exact: true }).focus();

    await shown(sample("approval.approved"), { revision: 2 });
    await page.locator(".message", { hasText: "Approved: shop-dev" }).waitFor();

    expect(await page.locator(".message").count()).toBe(1);
    expect(await page.getByRole("button", { name: "Approve", exact: true }).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.closest(".message") !== null)).toBe(
      true,
    );
  });

  test("a conversation that is fetched slowly takes neither an edited card back nor the focus away", async () => {
    const { browser, console } = here();
    await shown(sample("approval.waiting"), { id: "c-0" });
    await shown(sample("approval.waiting"));
    const page = await browser.open(`${console}?user=lead#t-1`);
    const other = page.locator('[data-message="c-0"]');
    await other.evaluate((node) => node.classList.add("drawn-before"));
    const slow = await heldBack(page, "**/console/threads/t-1?*");
    await page.getByRole("button", { name: "한국어" }).click();
    await slow.asked;
    await other.getByRole("button", { name: "Approve", exact: true }).focus();

    await shown(sample("approval.approved"), { revision: 2 });
    const approved = page.locator(".message", { hasText: "Approved: shop-dev" });
    await approved.waitFor();
    slow.release();

    await page.locator('[data-message="c-0"]:not(.drawn-before)').waitFor();
    expect(await approved.count()).toBe(1);
    expect(await page.locator(".message").count()).toBe(2);
    expect(await page.locator('[data-message="c-0"]:focus-within').count()).toBe(1);
  });

  test("the arrow keys change the person, and the language switch changes every word", async () => {
    const { browser, console } = here();
    const page = await browser.open(console);
    await page.getByRole("radio", { name: "Dev" }).focus();

    await page.keyboard.press("ArrowRight");
    await page.getByText("What do you need, Lead?").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText("What do you need, Ops?").waitFor();
    await page.getByRole("button", { name: "한국어" }).click();
    await page.getByText("Ops 님, 무엇이 필요하세요?").waitFor();

    expect(await page.getByText("시뮬레이션 클라우드").isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("ko");
  });

  test("markup, Markdown and links in a card and in words are shown literally", async () => {
    const { browser, chat, console } = here();
    const attack =
      "<img src=x onerror=alert(1)> <!channel> <https://evil|Approve> **b** [x](javascript:alert(1))";
    const blocks = [
      { kind: "text", spans: [{ text: attack }, { text: "link", link: "javascript:alert(1)" }] },
      { kind: "facts", facts: [[attack, attack]] },
      { kind: "table", head: [attack], rows: [[attack]] },
    ] as const;
    await shown({ ...aCard(attack), body: blocks });
    const words = aMessage({ content: { text: attack, card: null, about: [] } });
    await chat.messages.shown("c-2", words);

    const page = await browser.open(`${console}#t-1`);
    await page.locator(".message").nth(1).waitFor();

    const messages = page.locator(".messages");
    expect((await messages.innerText()).split(attack).length - 1).toBe(7);
    expect(await messages.locator("img, script, b").count()).toBe(0);
    const links = await messages
      .locator("a")
      .evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.textContent]));
    expect(links).toEqual([["https://evil", "https://evil"]]);
  });

  test("a link opens beside the page and learns nothing of it", async () => {
    const { browser, chat, console } = here();
    const words = aMessage({
      content: { text: "Look at https://a.example/b.", card: null, about: [] },
    });
    await chat.messages.shown("c-1", words);

    const page = await browser.open(`${console}#t-1`);
    const link = page.getByRole("link", { name: "https://a.example/b", exact: true });

    expect(await link.getAttribute("target")).toBe("_blank");
    expect(await link.getAttribute("rel")).toContain("noopener");
  });

  test("a request that the server turns down is told with what to do next", async () => {
    const { browser, console } = here();
    await shown(sample("approval.waiting"));
    const page = await browser.open(`${console}#t-1`);
    const approve = page.getByRole("button", { name: "Approve", exact: true });
    await approve.waitFor();

    await opened.db("console_messages").delete();
    await approve.click();

    await page.getByRole("alert").getByText("GET /console/threads").waitFor();
  });

  test.each(["en", "ko"])(
    "the gallery draws every card in %s, also on a narrow screen",
    async (lang) => {
      const { browser, gallery } = here();
      const page = await browser.open(`${gallery}?lang=${lang}`, {
        viewport: { width: 390, height: 800 },
        colorScheme: "dark",
      });

      await page.locator("figure").first().waitFor();

      const drawn = page.locator("figure .card");
      expect(await drawn.count()).toBe(Object.keys(SAMPLES).length);
      expect(
        await drawn.evaluateAll((all) => all.filter((card) => card.textContent === "")),
      ).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        390,
      );
    },
  );

  test("no page of these tests broke a rule of its content policy or threw", () => {
    const { browser } = here();

    // The browser itself logs each 4xx answer; those were asked for.
    const broken = browser.complaints.filter(
      (words) => !words.startsWith("Failed to load resource"),
    );

    expect(broken).toEqual([]);
  });
});

function sample(name: string): Card {
  const draw = SAMPLES[name];
  if (draw === undefined) {
    throw new Error(`There is no sample card ${name}.`);
  }
  return draw("en");
}
