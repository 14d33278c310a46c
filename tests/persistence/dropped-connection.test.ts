import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { openDatabase } from "#persistence/database.ts";

const URL_OF_TESTS = process.env["TEST_DATABASE_URL"];

/** A network in front of PostgreSQL that can drop every packet of the connections it has now. */
async function openNetwork({ port: behind, hostname }: URL) {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const there = connect(Number(behind), hostname);
    sockets.push(client, there);
    client.on("error", () => there.destroy()).pipe(there);
    there.on("error", () => client.destroy()).pipe(client);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    drop: () => sockets.forEach((socket) => socket.unpipe().pause()),
    [Symbol.dispose]() {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

test.skipIf(URL_OF_TESTS === undefined)(
  "a query on a connection that the network dropped fails in time, and the next one gets another",
  async () => {
    const url = new URL(URL_OF_TESTS ?? "");
    using network = await openNetwork(url);
    url.port = String(network.port);
    await using database = await openDatabase({ kind: "postgres", url: url.href, silentMs: 2_000 });
    await database.db.raw("select 1");
    // Longer than that in all, but never silent for so long.
    await database.db.raw("select pg_sleep(1.2)");
    await database.db.raw("select pg_sleep(1.2)");

    network.drop();
    const lost = await database.db.raw("select 2").catch((error: unknown) => error);
    const { rows } = await database.db.raw("select 3 as three");

    expect(lost).toBeInstanceOf(Error);
    expect(rows).toEqual([{ three: 3 }]);
  },
);
