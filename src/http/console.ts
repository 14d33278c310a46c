import { Router, type Request, type Response } from "express";
import type { Lang } from "#text/wording.ts";
import { PAGE } from "#text/console-page.ts";
import { assets } from "./assets.ts";
import { PAGE_HEADERS, type Entry, type Pages } from "./pages.ts";

/** The chat page of local mode, the gallery of all cards, and every page's scripts and styles. */
export function consolePage(pages: Pages): Router {
  const router = Router();
  // Whoever types the bare address that start-up prints means the page.
  router.get("/", (_request, response) => response.redirect("/console"));
  router.get("/console", (request, response) =>
    sendPage({ pages, entry: "console" }, request, response),
  );
  router.get("/console/gallery", (request, response) =>
    sendPage({ pages, entry: "gallery" }, request, response),
  );
  router.use(assets(pages));
  return router;
}

type What = { readonly pages: Pages; readonly entry: Entry };

function sendPage({ pages, entry }: What, request: Request, response: Response): void {
  const lang: Lang = request.acceptsLanguages("en", "ko") === "ko" ? "ko" : "en";
  const wording = entry === "gallery" ? PAGE.gallery : PAGE.title;
  response.set(PAGE_HEADERS).send(pages.html({ entry, title: wording[lang], lang }));
}
