import { PAGE } from "#text/console-page.ts";
import type { Lang } from "#text/wording.ts";
import { make } from "./dom.ts";

export type Composer = {
  readonly element: HTMLElement;
  focus(): void;
  /** Words of the field in another language; what is being written stays. */
  setLang(lang: Lang): void;
};

/**
 * The field to write in: Enter sends, Shift and Enter make a new line. What could not be sent comes
 * back into it.
 */
export function makeComposer(lang: Lang, onSend: (text: string) => Promise<boolean>): Composer {
  const field = make("textarea", { rows: "1", maxlength: "4000", id: "composer" });
  const button = make("button", { type: "submit", class: "send" });
  const put = (text: string) => {
    field.value = text;
    fit(field);
  };
  const send = () => {
    const text = field.value.trim();
    if (text !== "") {
      put("");
      void onSend(text).then((isSent) => isSent || field.value !== "" || put(text));
    }
  };
  field.addEventListener("input", () => fit(field));
  field.addEventListener("keydown", (event) => {
    // While a Korean syllable is being composed, Enter ends it and must not send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  const form = make("form", { class: "composer" }, field, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  const setLang = (next: Lang) => {
    field.placeholder = PAGE.compose[next];
    field.setAttribute("aria-label", PAGE.compose[next]);
    button.textContent = PAGE.send[next];
  };
  setLang(lang);
  return { element: form, focus: () => field.focus(), setLang };
}

/** The field grows with what is written, up to the height that its style allows. */
function fit(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
