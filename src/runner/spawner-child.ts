import { Order, type Told } from "./spawner-wire.ts";
import { spawnDetached, type Waiting } from "./terraform.ts";

/** Executes the orders of one server until that hangs up; commands that have begun go on then. */
function serve(): void {
  const waiting = new Map<number, Waiting>();
  process.on("message", (message) => {
    const order = Order.parse(message);
    if (order.do === "spawn") {
      void start(order, waiting);
      return;
    }
    waiting.get(order.id)?.[order.do]();
  });
  // Those that still wait for their line read the end of the pipe, and never run.
  process.on("disconnect", () => process.exit(0));
  // A terminal's Ctrl+C is meant for the server, which drains first.
  process.on("SIGINT", () => {});
}

async function start(
  { id, spawn }: Extract<Order, { do: "spawn" }>,
  waiting: Map<number, Waiting>,
): Promise<void> {
  try {
    const started = await spawnDetached(spawn);
    waiting.set(id, started);
    tell({ is: "waiting", id, identity: started.identity });
    await started.gone;
    waiting.delete(id);
    tell({ is: "gone", id });
  } catch (error) {
    tell({ is: "failed", id, why: error instanceof Error ? error.message : String(error) });
  }
}

function tell(told: Told): void {
  process.send?.(told);
}

serve();
