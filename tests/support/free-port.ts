import { once } from "node:events";
import { createServer } from "node:net";

// Below the ports that Linux gives to whoever asks for any: one of those may be somebody else's
// before the program that it is meant for has taken it.
const FROM = 20_000;
const COUNT = 12_000;

/** For a program that must be told its port. */
export async function freePort(): Promise<number> {
  const port = FROM + Math.floor(Math.random() * COUNT);
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return freePort();
  }
  server.close();
  await once(server, "close");
  return port;
}
