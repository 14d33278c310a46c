import { make } from "#http/pages/console/dom.ts";

type Option = readonly [value: string, words: string];

/** A list to choose from that keeps to its first entry until a person chooses. */
export type Choice = {
  readonly element: HTMLSelectElement;
  /** What there is now; tells which one is meant, now and when a person chooses another. */
  offer(options: readonly Option[], onChosen: (value: string) => void): void;
};

export function choiceOf(label: string): Choice {
  const element = make("select", { "aria-label": label });
  let chosen: string | null = null;
  let choose: (value: string) => void = () => {};
  element.addEventListener("change", () => {
    chosen = element.value;
    choose(chosen);
  });
  return {
    element,
    offer(options, onChosen) {
      choose = onChosen;
      write(element, options);
      const value = chosen ?? options[0]?.[0];
      if (value !== undefined) {
        element.value = value;
        choose(value);
      }
    },
  };
}

/** Only what is new is written: a list that is open in somebody's hand must not shut. */
function write(element: HTMLSelectElement, options: readonly Option[]): void {
  const known = [...element.options];
  if (known.length !== options.length || known[0]?.value !== options[0]?.[0]) {
    element.replaceChildren(...options.map(([value, words]) => make("option", { value }, words)));
    return;
  }
  for (const [at, [, words]] of options.entries()) {
    const option = known[at];
    if (option !== undefined && option.textContent !== words) {
      option.textContent = words;
    }
  }
}
