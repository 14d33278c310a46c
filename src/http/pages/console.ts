import "./console.css";
import { pageRoot } from "./console/dom.ts";
import { startDesk } from "./console/desk.ts";
import { saveLang, savedLang, savedThread, savedUser } from "./console/settings.ts";
import { fetchInfo } from "./console/wire.ts";

const lang = savedLang();
saveLang(lang);
const info = await fetchInfo();
const asked = info.people.find(({ id }) => id === savedUser()) ?? info.people[0];
const desk = startDesk(pageRoot(), { info, lang, user: asked?.id ?? "" });
await desk.open(savedThread());
