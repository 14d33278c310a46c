import { once } from "node:events";
import type { Server } from "node:http";
import { isLoopback, type Config } from "#config/config.ts";
import type { Address } from "#http/auth.ts";
import type { Log } from "#telemetry/log.ts";
import { startChat } from "./compose/chat.ts";
import { listen, openDoors } from "./compose/doors.ts";
import { openFoundation, type Foundation } from "./compose/foundation.ts";
import { startHousekeeping } from "./compose/housekeeping.ts";
import { openLearning } from "./compose/learning.ts";
import { checkProduction } from "./compose/production.ts";
import { startRunning } from "./compose/running.ts";
import { startTicking } from "./compose/ticking.ts";

/** The whole product, listening. Disposing it drains: doors first, the database last. */
export type Running = AsyncDisposable & {
  readonly url: string;
  readonly shells: string;
  /** What shuts runs in, and why nothing does, for operators; null: doors only. */
  readonly runs: {
    readonly isolation: "bubblewrap" | "none";
    readonly reason: string | null;
    readonly network: "none" | "shared";
    /** Why they share it although they were to have none. */
    readonly sharing: string | null;
  } | null;
};

/** Joins the parts in the order in which they stand on each other. Throws `StartRefused`. */
export async function compose(config: Config, log: Log): Promise<Running> {
  await checkProduction(config);
  await using closing = new AsyncDisposableStack();
  const bound = { port: config.http.port };
  const address: Address = {
    publicUrl: config.http.publicUrl,
    // Without PUBLIC_URL our address is the one on this machine.
    onLoopback: config.http.publicUrl === null || isLoopback(config.http.host),
    boundPort: () => bound.port,
  };
  const publicUrl = () => config.http.publicUrl ?? `http://localhost:${bound.port}`;

  const base = await openFoundation(config, log, closing);
  const { service, stop } = await startRunning(base, closing);
  const learning = await openLearning(base, publicUrl, closing);
  const console = startChat(base, { ...learning, service }, closing);
  startTicking(base, closing);
  const server = await openDoors(base, { service, learning, console, address });
  bound.port = await listen(server, config.http);
  closing.defer(() => closeDoors(server));
  closing.use(startHousekeeping(base));

  const opened = closing.move();
  return {
    url: publicUrl(),
    shells: learning.shells.driver,
    runs: runsOf(base),
    async [Symbol.asyncDispose]() {
      // Doors take their time to close, and Terraform may need all there is to end.
      stop();
      await opened.disposeAsync();
    },
  };
}

function runsOf({ execution }: Foundation): Running["runs"] {
  if (execution === null) {
    return null;
  }
  const { launcher, reason, sharing } = execution.isolation;
  const network = launcher.stateUrl === null ? "shared" : "none";
  return { isolation: launcher.is, reason, network, sharing };
}

const ANSWERS_MS = 3_000;

/** Nobody new comes in; answers under way may end, streams that never do are cut off. */
async function closeDoors(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), ANSWERS_MS);
  await closed;
  clearTimeout(patience);
}
