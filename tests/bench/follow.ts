import { z } from "zod";
import { Message } from "#commands/console-client.ts";

/** What the console shows to one person, as it comes. */
export type Follower = AsyncDisposable & {
  /** The first message of the thread that fits, one that came before included. */
  until(thread: string, fits: (message: Message) => boolean): Promise<Message>;
  /** Settles when something new comes in the thread, or after `ms`. */
  news(thread: string, ms: number): Promise<void>;
};

const Delivered = Message.extend({ thread: z.string() });
type Delivered = z.infer<typeof Delivered>;

/** Follows like the console's page does: asking again and again would take the time that is measured. */
export async function follow(url: string, user: string): Promise<Follower> {
  const hungUp = new AbortController();
  const answer = await fetch(`${url}/console/events?user=${user}`, { signal: hungUp.signal });
  const came: Delivered[] = [];
  const waiting = new Set<() => void>();
  const over = read(answer, (message) => {
    came.push(message);
    waiting.forEach((look) => look());
  });

  function when<Found>(find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found !== undefined) {
          waiting.delete(look);
          resolve(found);
        }
      };
      waiting.add(look);
      look();
    });
  }

  return {
    until: (thread, fits) => when(() => came.find((one) => one.thread === thread && fits(one))),
    news(thread, ms) {
      const from = came.length;
      const until = performance.now() + ms;
      const timer = setTimeout(() => waiting.forEach((look) => look()), ms + 1);
      const isOver = () =>
        performance.now() >= until || came.slice(from).some((one) => one.thread === thread);
      return when(() => (isOver() ? true : undefined)).then(() => clearTimeout(timer));
    },
    async [Symbol.asyncDispose]() {
      hungUp.abort();
      await over;
    },
  };
}

async function read(answer: Response, onMessage: (message: Delivered) => void): Promise<void> {
  let rest = "";
  try {
    for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = `${rest}${text}`.split("\n\n");
      rest = blocks.pop() ?? "";
      blocks
        .flatMap((block) => /^data: (.*)$/m.exec(block)?.[1] ?? [])
        .forEach((data) => onMessage(Delivered.parse(JSON.parse(data))));
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === "AbortError")) {
      throw error;
    }
  }
}
