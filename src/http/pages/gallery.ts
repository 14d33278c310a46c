import "./console.css";
import { PAGE } from "#text/console-page.ts";
import type { Lang } from "#text/wording.ts";
import { drawCard } from "./console/card.ts";
import { make, pageRoot } from "./console/dom.ts";
import { saveLang, savedLang } from "./console/settings.ts";
import { languageSwitch } from "./console/sidebar.ts";
import { fetchGallery } from "./console/wire.ts";

await show(savedLang());

/** Every case of every card, to be looked at whenever a card changes. */
async function show(lang: Lang): Promise<void> {
  saveLang(lang);
  const cards = await fetchGallery(lang);
  const figures = cards.map(({ name, card }) =>
    make(
      "figure",
      { id: name },
      make("figcaption", {}, name),
      drawCard(card, () => {}),
    ),
  );
  const head = make(
    "header",
    { class: "gallery-head" },
    make("h1", {}, PAGE.gallery[lang]),
    make("a", { href: "/console" }, PAGE.console[lang]),
    languageSwitch(lang, (next) => void show(next)),
  );
  document.title = PAGE.gallery[lang];
  pageRoot().replaceChildren(head, make("div", { class: "gallery" }, ...figures));
}
