import { beforeAll, describe, expect, test } from "vitest";
import { bundlePages, ENTRIES, type Pages } from "#http/pages.ts";

let pages: Pages;
beforeAll(async () => {
  pages = await bundlePages();
});

describe.each(ENTRIES)("the page %s", (entry) => {
  test("has a script under a name that changes with its bytes", async () => {
    const again = await bundlePages();

    const path = pages.script(entry);

    expect(path).toMatch(new RegExp(`^/assets/${entry}-[A-Z0-9]{8}\\.js$`));
    expect(again.script(entry)).toBe(path);
    expect(pages.asset(path)?.type).toBe("text/javascript; charset=utf-8");
  });

  test("needs no script inside the document", () => {
    const html = pages.html({ entry, title: "Title", lang: "ko" });

    expect(html.match(/<script[^>]*>/g)).toEqual([
      `<script type="module" src="${pages.script(entry)}">`,
    ]);
    expect(html).toContain('<html lang="ko">');
  });
});

describe("the pages", () => {
  test("escape what stands in a title", () => {
    const html = pages.html({ entry: "shell", title: "<script>alert(1)</script>", lang: "en" });

    expect(html).not.toContain("<script>alert");
  });

  test("have nothing at any other path", () => {
    const found = ["/assets/other.js", "/etc/passwd", "/assets/../pages.ts"].map(pages.asset);

    expect(found).toEqual([null, null, null]);
  });

  test("bring the terminal's style with the shell", () => {
    const style = pages.style("shell");

    const css = Buffer.from(pages.asset(style ?? "")?.body ?? []).toString("utf8");

    expect(css).toContain(".xterm");
  });
});
