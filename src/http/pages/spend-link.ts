import * as z from "zod/mini";
import { SANDBOX } from "#text/sandbox.ts";
import type { Lang } from "#text/wording.ts";
import "./spend-link.css";
import { make, pageRoot } from "./console/dom.ts";

const lang: Lang = navigator.language.startsWith("ko") ? "ko" : "en";
document.documentElement.lang = lang;
document.title = SANDBOX.linkTitle[lang];

const secret = location.hash.slice(1);
// Out of the address bar and the history, before somebody copies it from there.
history.replaceState(null, "", location.pathname);

const problem = make("p", { class: "problem", role: "alert" });
const button = make("button", { class: "open", click: press }, SANDBOX.linkButton[lang]);
pageRoot().append(
  make("h1", {}, SANDBOX.linkTitle[lang]),
  make("p", {}, secret === "" ? SANDBOX.linkIncomplete[lang] : SANDBOX.linkText[lang]),
  ...(secret === "" ? [] : [button]),
  problem,
);
button.focus();

function press(): void {
  button.disabled = true;
  problem.textContent = "";
  spend().catch(() => {
    button.disabled = false;
    problem.textContent = SANDBOX.unreachable[lang];
  });
}

const Problem = z.object({ detail: z.string(), next: z.string() });

async function spend(): Promise<void> {
  const answer = await fetch("/s", {
    method: "POST",
    headers: { "content-type": "application/json", "accept-language": lang },
    body: JSON.stringify({ secret }),
  });
  const page = answer.headers.get("location");
  if (answer.status === 204 && page !== null) {
    location.replace(page);
    return;
  }
  const { detail, next } = Problem.parse(await answer.json());
  problem.textContent = `${detail} ${next}`;
}
