import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildResult } from "esbuild";
import type { Lang } from "#text/wording.ts";

/** The pages of the product; each is `pages/<entry>.ts`, which may import its own CSS. */
export const ENTRIES = ["console", "deployment", "gallery", "shell", "spend-link"] as const;
export type Entry = (typeof ENTRIES)[number];

export type Asset = { readonly body: Uint8Array; readonly type: string };

/** Every page's script and style, bundled once and kept in memory under hashed names. */
export type Pages = {
  /** URL path of the script: `/assets/console-<hash>.js`. Throws for an entry without a file. */
  script(entry: Entry): string;
  /** URL path of the style; null when the entry imports no CSS. */
  style(entry: Entry): string | null;
  /** The whole document: an empty `<main id="page">` for the script to fill. */
  html(page: { entry: Entry; title: string; lang: Lang }): string;
  /** What stands at such a path; null when nothing does. */
  asset(path: string): Asset | null;
};

/** No inline script anywhere; nobody may frame a page of ours. */
export const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'self'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

/** A hashed name never changes its bytes. */
export const ASSET_HEADERS = {
  "x-content-type-options": "nosniff",
  "cache-control": "public, max-age=31536000, immutable",
} as const;

// Without one browsers ask for /favicon.ico and complain.
const ICON_PATH = "/assets/icon-1.svg";
const ICON: Asset = {
  type: "image/svg+xml",
  body: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#4450c8"/>' +
      '<path d="M4 5l3 3-3 3M8.5 11H12" stroke="#fff" stroke-width="1.6" fill="none"/></svg>',
  ),
};

const FOLDER = fileURLToPath(new URL("pages", import.meta.url));

/** Bundles the entries that have a file. Throws esbuild's error when one does not compile. */
export async function bundlePages(): Promise<Pages> {
  const present = ENTRIES.filter((entry) => existsSync(`${FOLDER}/${entry}.ts`));
  const result = await build({
    entryPoints: present.map((entry) => `${FOLDER}/${entry}.ts`),
    outdir: "/assets",
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file" },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
  });
  return pagesOf(assetsOf(result), pathsOf(result));
}

type Paths = { readonly script: string; readonly style: string | null };

function pagesOf(assets: ReadonlyMap<string, Asset>, paths: ReadonlyMap<string, Paths>): Pages {
  function of(entry: Entry): Paths {
    const found = paths.get(entry);
    if (found === undefined) {
      throw new Error(`The page ${entry} has no file src/http/pages/${entry}.ts.`);
    }
    return found;
  }
  return {
    script: (entry) => of(entry).script,
    style: (entry) => of(entry).style,
    html: ({ entry, title, lang }) => document({ ...of(entry), title, lang }),
    asset: (path) => (path === ICON_PATH ? ICON : (assets.get(path) ?? null)),
  };
}

function assetsOf(result: BuildResult<{ write: false }>): Map<string, Asset> {
  return new Map(
    result.outputFiles.map((file) => [
      assetPath(file.path),
      { body: file.contents, type: typeOf(file.path) },
    ]),
  );
}

function pathsOf(result: BuildResult<{ metafile: true }>): Map<string, Paths> {
  const paths = new Map<string, Paths>();
  for (const [output, meta] of Object.entries(result.metafile.outputs)) {
    if (meta.entryPoint !== undefined) {
      paths.set(basename(meta.entryPoint, ".ts"), {
        script: assetPath(output),
        style: meta.cssBundle === undefined ? null : assetPath(meta.cssBundle),
      });
    }
  }
  return paths;
}

function assetPath(output: string): string {
  return `/assets/${basename(output)}`;
}

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

function typeOf(path: string): string {
  return TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
}

function document(page: Paths & { title: string; lang: Lang }): string {
  const style = page.style === null ? "" : `<link rel="stylesheet" href="${page.style}">\n`;
  return `<!doctype html>
<html lang="${page.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)}</title>
<link rel="icon" href="${ICON_PATH}" type="image/svg+xml">
${style}<script type="module" src="${page.script}"></script>
</head>
<body><main id="page"></main></body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
