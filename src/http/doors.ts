import type { RequestListener } from "node:http";
import type { Guard } from "./auth.ts";
import type { Door } from "./server.ts";

/** A plain node listener for one path and everything below it. */
export function doorAt(path: string, listener: RequestListener): Door {
  return (request, response, next) => {
    if (request.path === path || request.path.startsWith(`${path}/`)) {
      listener(request, response);
    } else {
      next();
    }
  };
}

/** The same listener behind the write guard. */
export function guarded(guard: Guard, listener: RequestListener): RequestListener {
  return (request, response) => guard(request, response, () => listener(request, response));
}
