import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { isConsoleWire } from "#bots/console/app.ts";
import { StartRefused } from "#config/start-refused.ts";
import type { DeploymentService } from "#deployments/service.ts";
import { hostGuard, writeGuard, type Address } from "#http/auth.ts";
import { consolePage } from "#http/console.ts";
import { deploymentPage } from "#http/deployment-page.ts";
import { curriculumRoutes } from "#http/curriculum.ts";
import { bundlePages } from "#http/pages.ts";
import { sandboxDoor, sandboxUpgrade, type SandboxDoor } from "#http/sandbox.ts";
import { createServer, SLOW_CLIENT_LIMITS, type Door } from "#http/server.ts";
import { recordEvent } from "#persistence/audit.ts";
import { createIdempotency } from "#persistence/idempotency.ts";
import { tokenAlarm } from "#http/token-alarm.ts";
import { SANDBOX_LIMITS } from "#sandbox/limits.ts";
import { openMetrics } from "#telemetry/metrics.ts";
import { sayProblem } from "#text/variables.ts";
import type { Foundation } from "./foundation.ts";
import type { Learning } from "./learning.ts";

export type DoorParts = {
  readonly service: DeploymentService;
  readonly learning: Learning;
  readonly console: RequestListener;
  readonly address: Address;
};

/** Everything that is served on PORT, joined but not listening. */
export async function openDoors(base: Foundation, parts: DoorParts): Promise<Server> {
  const { address, learning, service } = parts;
  const pages = await bundlePages();
  const shell: SandboxDoor = {
    ...learning,
    pages,
    address,
    log: base.log,
    limits: SANDBOX_LIMITS,
    driver: learning.shells.driver,
  };
  const { listener } = createServer({
    ...base,
    service,
    address,
    wordProblem: sayProblem,
    consoleOn: base.config.console,
    onTokenRefused: tokenAlarm({
      ...base,
      audit: (event) => recordEvent(base.db, base.keys, event),
    }),
    idempotency: createIdempotency(base.db),
    metrics: openMetrics(),
    ready: async () => [{ name: "database", ok: await answers(base) }],
    doors: [
      ...(base.config.console ? [consoleWire(parts.console, address), consolePage(pages)] : []),
      sandboxDoor(shell),
      deploymentPage({ ...base, ...learning, pages, address, wordProblem: sayProblem }),
    ],
    routes: [(answer) => curriculumRoutes({ curriculum: learning.curriculum, answer })],
  });
  const server = createHttpServer(SLOW_CLIENT_LIMITS, listener);
  const upgrade = sandboxUpgrade(shell);
  server.on("upgrade", (request, socket, head) => {
    if (!upgrade(request, socket, head)) {
      socket.destroy();
    }
  });
  return server;
}

/** Listens and answers the bound port. Throws `StartRefused` when the port is taken. */
export function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new StartRefused("port-taken", { host, port }) : error);
    });
    server.listen(port, host, () => {
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : port);
    });
  });
}

/** The console's wire trusts the name that comes with a request, so it stands behind both guards. */
function consoleWire(wire: RequestListener, address: Address): Door {
  const ours = hostGuard(address);
  const write = writeGuard(address);
  return (request, response, next) => {
    if (isConsoleWire(request.url)) {
      ours(request, response, () => write(request, response, () => wire(request, response)));
    } else {
      next();
    }
  };
}

async function answers({ db }: Foundation): Promise<boolean> {
  try {
    await db.raw("select 1");
    return true;
  } catch {
    return false;
  }
}
