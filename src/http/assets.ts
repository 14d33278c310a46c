import type { RequestHandler } from "express";
import { ASSET_HEADERS, type Pages } from "./pages.ts";

/** Scripts and styles of every page, at `/assets/<name>-<hash>.<type>`. */
export function assets(pages: Pages): RequestHandler {
  return (request, response, next) => {
    const asset = request.method === "GET" ? pages.asset(request.path) : null;
    if (asset === null) {
      next();
      return;
    }
    response.set(ASSET_HEADERS).type(asset.type).send(Buffer.from(asset.body));
  };
}
