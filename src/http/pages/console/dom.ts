type Child = Node | string | null;

type Props = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/**
 * A new element. Functions become listeners (`click`, `submit`), `true` an empty attribute,
 * `false` none; strings are always text, never markup, read in the order they stand in.
 */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null).map(inOrder));
  return element;
}

/** Signs that turn the order of letters around are shown as what they are: `live` is not `evil`. */
function inOrder(child: Node | string): Node | string {
  return typeof child === "string" ? child.replace(REORDERING, codeOf) : child;
}

const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;

function codeOf(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16)}`;
}

/** The page's own place in the document. */
export function pageRoot(): HTMLElement {
  const root = document.querySelector<HTMLElement>("#page");
  if (root === null) {
    throw new Error("The document has no element #page to draw the page in.");
  }
  return root;
}

/** Text with its web addresses as links that open beside this page and learn nothing of it. */
export function linked(text: string): Child[] {
  return text.split(WEB_ADDRESS).map((part, index) => {
    return index % 2 === 1 ? outside(part) : part;
  });
}

/** Punctuation after an address belongs to the sentence. */
const WEB_ADDRESS = /(https?:\/\/[^\s<>"“”|]*[^\s<>"“”|.,;:!?)\]])/;

function outside(url: string): HTMLAnchorElement {
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url);
}
