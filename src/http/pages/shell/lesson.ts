import type { Content, Inline } from "#curriculum/content.ts";
import type { ShellAbout } from "#http/sandbox.ts";
import { make } from "#http/pages/console/dom.ts";
import { SANDBOX } from "#text/sandbox.ts";
import type { Lang } from "#text/wording.ts";

/** The lesson as elements; its text is only ever text, never markup. */
export function lessonText(lesson: ShellAbout["lesson"], lang: Lang): Node[] {
  if (lesson === null) {
    return [make("p", {}, SANDBOX.lessonMissing[lang])];
  }
  return [
    make("h1", {}, lesson.title),
    make("p", { class: "summary" }, lesson.summary),
    ...lesson.steps.map((step) =>
      make("section", {}, make("h2", {}, step.title), ...step.blocks.map(blockOf)),
    ),
  ];
}

function blockOf(block: Content): HTMLElement {
  switch (block.kind) {
    case "text":
      return make("p", {}, ...block.spans.map(spanOf));
    case "heading":
      return make("h3", {}, block.text);
    case "code":
      return make("pre", { tabindex: "0" }, make("code", {}, block.text));
    case "list":
      return listOf(block);
    case "table":
      return tableOf(block);
    case "callout":
      return make("aside", { class: block.tone }, ...block.blocks.map(blockOf));
    case "details":
      return make("details", {}, make("summary", {}, block.summary), ...block.blocks.map(blockOf));
    case "divider":
      return make("hr");
  }
}

function listOf(block: Extract<Content, { kind: "list" }>): HTMLElement {
  const items = block.items.map(({ spans, depth }) =>
    make("li", { class: `depth-${Math.min(depth, 3)}` }, ...spans.map(spanOf)),
  );
  return make(block.ordered ? "ol" : "ul", {}, ...items);
}

function tableOf(block: Extract<Content, { kind: "table" }>): HTMLElement {
  const head = make("tr", {}, ...block.head.map((cell) => make("th", { scope: "col" }, cell)));
  const rows = block.rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, cell))));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
}

function spanOf(span: Inline): Node {
  let node: Node = document.createTextNode(span.text);
  if (span.code === true) {
    node = make("code", {}, node);
  }
  if (span.bold === true) {
    node = make("strong", {}, node);
  }
  if (span.italic === true) {
    node = make("em", {}, node);
  }
  return span.link === undefined || !/^https?:\/\//.test(span.link)
    ? node
    : make("a", { href: span.link, target: "_blank", rel: "noopener noreferrer" }, node);
}
