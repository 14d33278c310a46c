import { WebSocket } from "ws";
import { z } from "zod";

const FromShell = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), driver: z.string() }),
  z.object({ type: z.literal("output"), text: z.string() }),
  z.object({ type: z.literal("ended"), reason: z.string() }),
]);

export type Typed = { readonly driver: string; readonly output: string };

const PATIENCE_MS = 20_000;

/**
 * Does what a browser does with a personal link: spends its secret, opens the shell's socket with
 * the cookie and types one line. Answers when the output holds `expected`; throws when it does not
 * in 20 s.
 */
export async function typeInShell(
  link: string,
  { line, expected }: { line: string; expected: string },
): Promise<Typed> {
  const { origin } = new URL(link);
  const { page, cookie } = await spendLink(link);
  const url = `${origin.replace("http", "ws")}${page}/socket`;
  return talk(new WebSocket(url, { headers: { cookie, origin } }), line, expected);
}

/** Where the link leads, and the cookie that lets this browser in. Throws when it is refused. */
export async function spendLink(link: string): Promise<{ page: string; cookie: string }> {
  const { origin, hash } = new URL(link);
  const spent = await fetch(`${origin}/s`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ secret: hash.slice(1) }),
  });
  const page = spent.headers.get("location");
  const cookie = spent.headers.get("set-cookie")?.split(";")[0];
  if (spent.status !== 204 || page === null || cookie === undefined) {
    throw new Error(`Spending the link: ${spent.status} ${await spent.text()}`);
  }
  return { page, cookie };
}

function talk(socket: WebSocket, line: string, expected: string): Promise<Typed> {
  let output = "";
  let driver = "";
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(patience);
      socket.close();
      reject(new Error(`Typing into the shell: ${why}; it showed ${JSON.stringify(output)}`));
    };
    const patience = setTimeout(() => fail(`no ${expected}`), PATIENCE_MS);
    socket.on("error", (error) => fail(`the socket broke (${error.message})`));
    socket.on("message", (data: Buffer) => {
      const message = FromShell.parse(JSON.parse(data.toString("utf8")));
      if (message.type === "hello") {
        driver = message.driver;
        socket.send(JSON.stringify({ type: "input", text: `${line}\n` }));
      } else if (message.type === "output") {
        output += message.text;
      } else {
        fail(`it ended (${message.reason})`);
      }
      if (output.includes(expected)) {
        clearTimeout(patience);
        socket.close();
        resolve({ driver, output });
      }
    });
  });
}
