import * as z from "zod";

// The page's content policy forbids eval, which zod would try for its fast path.
z.config({ jitless: true });

const Card = z.record(z.string(), z.unknown());

export const Message = z.object({
  id: z.string(),
  from: z.string(),
  text: z.string().nullish(),
  card: Card.nullish(),
  revision: z.number().default(1),
  at: z.string().nullish(),
  /** Set: only this person may see it. */
  to: z.string().nullish(),
});
export type Message = z.infer<typeof Message>;

const Delivered = Message.extend({ thread: z.string() });
export type Delivered = z.infer<typeof Delivered>;

const ThreadEntry = z.object({ thread: z.string(), title: z.string(), at: z.string().nullish() });
export type ThreadEntry = z.infer<typeof ThreadEntry>;

const Person = z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) });
export type Person = z.infer<typeof Person>;

const Info = z.object({
  simulated: z.boolean(),
  offline: z.boolean(),
  people: z.array(Person),
});
export type Info = z.infer<typeof Info>;

const GalleryCard = z.object({ name: z.string(), card: Card });

const Problem = z.object({ detail: z.string().optional(), next: z.string().optional() });

const Posted = z.object({ thread: z.string(), message: z.string() });

/** A request that the server turned down, in its own words; null when it gave none. */
export class WireProblem extends Error {
  readonly status: number;
  readonly words: string | null;

  constructor(status: number, words: string | null) {
    super(words ?? `The server answered ${status}`);
    this.status = status;
    this.words = words;
  }
}

export async function fetchInfo(): Promise<Info> {
  return Info.parse(await getJson("/console/info"));
}

export async function fetchThreads(user: string): Promise<ThreadEntry[]> {
  return z.array(ThreadEntry).parse(await getJson(`/console/threads?${query({ user })}`));
}

export async function fetchMessages(user: string, thread: string): Promise<Message[]> {
  const path = `/console/threads/${encodeURIComponent(thread)}?${query({ user })}`;
  return z.array(Message).parse(await getJson(path));
}

export async function fetchGallery(lang: string) {
  return z.array(GalleryCard).parse(await getJson(`/console/gallery.json?${query({ lang })}`));
}

export type Say = { readonly user: string; readonly text: string; readonly thread?: string };

export async function postMessage(said: Say): Promise<z.infer<typeof Posted>> {
  return Posted.parse(await postJson("/console/messages", said));
}

export type Press = {
  readonly user: string;
  readonly thread: string;
  readonly message: string;
  readonly value: unknown;
  readonly inputs: Readonly<Record<string, unknown>>;
};

export async function postPress(press: Press): Promise<void> {
  await postJson("/console/actions", press);
}

export type Listener = {
  readonly onMessage: (message: Delivered) => void;
  /** Every time the stream is up: what came in between is to be fetched. */
  readonly onUp: () => void;
  readonly onDown: () => void;
};

/** The live stream of what a person may see; the browser reconnects by itself. */
export function listen(user: string, listener: Listener): EventSource {
  const source = new EventSource(`/console/events?${query({ user })}`);
  source.addEventListener("open", listener.onUp);
  source.addEventListener("error", listener.onDown);
  source.addEventListener("message", (event) => {
    const parsed = Delivered.safeParse(JSON.parse(String(event.data)));
    if (parsed.success) {
      listener.onMessage(parsed.data);
    }
  });
  return source;
}

function query(params: Record<string, string>): string {
  return new URLSearchParams(params).toString();
}

function getJson(path: string): Promise<unknown> {
  return requestJson(path, { headers: { accept: "application/json" } });
}

function postJson(path: string, body: unknown): Promise<unknown> {
  const headers = { "content-type": "application/json", accept: "application/json" };
  return requestJson(path, { method: "POST", headers, body: JSON.stringify(body) });
}

type Request = Omit<RequestInit, "headers"> & {
  readonly headers: Readonly<Record<string, string>>;
};

async function requestJson(path: string, init: Request): Promise<unknown> {
  // A command has no language of its own; it is answered in that of the page.
  const headers = { ...init.headers, "accept-language": document.documentElement.lang };
  const response = await fetch(path, { ...init, headers }).catch((error: unknown) => {
    throw new WireProblem(0, error instanceof TypeError ? null : String(error));
  });
  const text = await response.text();
  if (!response.ok) {
    throw new WireProblem(response.status, problemWords(text));
  }
  return text === "" ? null : JSON.parse(text);
}

function problemWords(text: string): string | null {
  try {
    const { detail, next } = Problem.parse(JSON.parse(text));
    return [detail, next].filter((part) => part !== undefined).join(" ") || null;
  } catch {
    return null;
  }
}
