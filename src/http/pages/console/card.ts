import {
  AdaptiveCard,
  ChoiceSetInput,
  ExecuteAction,
  GlobalRegistry,
  OpenUrlAction,
  ShowCardAction,
  Table,
  Versions,
  type Action,
  type IMarkdownProcessingResult,
} from "adaptivecards";
import { cardHost } from "./host-config.ts";

/** What a press of a button on a card brings: the button's value and what was entered. */
export type Pressed = {
  readonly value: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, unknown>>;
};

// Only what is used is bundled, and a table registers itself in a file that nothing else uses.
GlobalRegistry.defaultElements.register("Table", Table, Versions.v1_5);

/** Draws a card's JSON. A card that cannot be drawn shows its fallback text. */
export function drawCard(
  json: Readonly<Record<string, unknown>>,
  onPress: (pressed: Pressed) => void,
): HTMLElement {
  // Texts are plain: nothing in them may become markup.
  AdaptiveCard.onProcessMarkdown = keepAsText;
  const card = new AdaptiveCard();
  card.hostConfig = cardHost();
  card.onInlineCardExpanded = (action, isExpanded) => {
    if (isExpanded && action instanceof ShowCardAction) {
      reach(action.card.renderedElement);
    }
  };
  card.onExecuteAction = (action) => execute(action, inputIds(json), onPress);
  card.parse(json);
  const element = card.render() ?? document.createElement("div");
  element.classList.add("card");
  if (typeof json["speak"] === "string") {
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", json["speak"]);
  }
  for (const anchor of element.querySelectorAll("a")) {
    anchor.rel = "noopener noreferrer";
  }
  return element;
}

/** What a button asks for opens below it, often below the edge of what is in sight. */
function reach(asked: HTMLElement | undefined): void {
  asked?.querySelector<HTMLElement>("input, textarea, select, button")?.focus();
  asked?.scrollIntoView({ block: "nearest" });
}

function keepAsText(_text: string, result: IMarkdownProcessingResult): void {
  result.didProcess = false;
}

function execute(
  action: Action,
  inputs: ReadonlySet<string>,
  onPress: (pressed: Pressed) => void,
): void {
  if (action instanceof OpenUrlAction && action.url !== undefined) {
    window.open(action.url, "_blank", "noopener,noreferrer");
    return;
  }
  if (action instanceof ExecuteAction) {
    const asked = action.associatedInputs === "none" ? [] : emptySets(action);
    onPress(parted([...asked, ...Object.entries(Object(action.data))], inputs));
  }
}

/** The renderer says nothing of a set of choices in which nothing is chosen; that is an answer too. */
function emptySets(action: ExecuteAction): [string, unknown][] {
  const all = action.parent?.getRootElement().getAllInputs() ?? [];
  return all.flatMap((input): [string, unknown][] =>
    input instanceof ChoiceSetInput && input.isMultiSelect ? [[input.id ?? "", ""]] : [],
  );
}

/** The renderer lays what was entered over the button's own data; this takes them apart. */
function parted(data: readonly [string, unknown][], inputs: ReadonlySet<string>): Pressed {
  return {
    value: Object.fromEntries(data.filter(([name]) => !inputs.has(name))),
    inputs: Object.fromEntries(data.filter(([name]) => inputs.has(name))),
  };
}

/** The ids of every input anywhere in the card. */
function inputIds(json: unknown): Set<string> {
  const ids = new Set<string>();
  JSON.stringify(json, (_key, value: unknown) => {
    if (isInput(value)) {
      ids.add(value.id);
    }
    return value;
  });
  return ids;
}

function isInput(value: unknown): value is { type: string; id: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    "id" in value &&
    typeof value.id === "string" &&
    String(value.type).startsWith("Input.")
  );
}
