import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openProduct } from "#tests/support/product.ts";

const HEAD =
  "HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n";

test("A31: a client that sends a byte a second is hung up on by every door", async () => {
  await using product = await openProduct();
  const door = Number(new URL(product.url()).port);
  const state = Number(readFileSync(join(product.dataDir, "state-port"), "utf8"));

  const ends = await Promise.all([
    drip(door, "POST /deployments "),
    drip(door, "POST /console/messages "),
    drip(state, "POST /tf/state/dep-aaaaaaaaaa "),
    drip(door, `POST /deployments ${HEAD}\r\n`),
    drip(door, `POST /console/messages ${HEAD}\r\n`),
  ]);

  expect(ends).toEqual(["over", "over", "over", "over", "over"]);
  expect((await product.get("dev", "/readyz")).status).toBe(200);
}, 180_000);

/** Sends the beginning at once and then a byte a second, until the other side has had enough. */
async function drip(port: number, beginning: string): Promise<"over"> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.resume();
  socket.write(beginning);
  const dripping = setInterval(() => socket.write("x"), 1_000);
  await once(socket, "close");
  clearInterval(dripping);
  return "over";
}
