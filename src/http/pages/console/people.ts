import { PAGE, ROLE_NAMES } from "#text/console-page.ts";
import type { Lang, Wording } from "#text/wording.ts";
import { make } from "./dom.ts";
import type { Person } from "./wire.ts";

export type Choice = {
  readonly people: readonly Person[];
  readonly current: string;
  readonly lang: Lang;
  readonly onChoose: (id: string) => void;
};

/** One radio button for each built-in person: the arrow keys switch who you are. */
export function drawPeople({ people, current, lang, onChoose }: Choice): HTMLElement {
  const options = people.map((person) => {
    const input = make("input", {
      type: "radio",
      name: "person",
      value: person.id,
      change: () => onChoose(person.id),
    });
    input.checked = person.id === current;
    const roles = rolesOf(person, lang);
    return make(
      "label",
      { class: "person", title: roles === "" ? person.name : `${person.name}: ${roles}` },
      input,
      avatar(person.id, person.name),
      make("span", { class: "person-name" }, person.name),
    );
  });
  const legend = make("legend", { class: "hidden" }, PAGE.person[lang]);
  return make("fieldset", { class: "people" }, legend, ...options);
}

export function rolesOf(person: Person, lang: Lang): string {
  const names: Readonly<Record<string, Wording>> = ROLE_NAMES;
  return person.roles.map((role) => names[role]?.[lang] ?? role).join(", ");
}

/** A round initial, in one of six colours that stay with the person. */
export function avatar(id: string, name: string): HTMLElement {
  const hash = Array.from(id).reduce((sum, char) => (sum * 19 + char.charCodeAt(0)) % 997, 0);
  const initial = name.slice(0, 1).toUpperCase();
  return make("span", { class: `avatar hue-${hash % 6}`, "aria-hidden": "true" }, initial);
}
