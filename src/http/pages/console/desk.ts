import { PAGE } from "#text/console-page.ts";
import { say, type Lang } from "#text/wording.ts";
import type { Pressed } from "./card.ts";
import { makeFrame, type Frame } from "./frame.ts";
import { saveLang, saveThread, saveUser } from "./settings.ts";
import * as wire from "./wire.ts";

/** Everything the page knows; the frame draws it. */
export type Desk = {
  readonly info: wire.Info;
  lang: Lang;
  user: string;
  thread: string | null;
  threads: readonly wire.ThreadEntry[];
  readonly unread: Set<string>;
};

/** What people can do on the page. */
export type Acts = {
  /** Opens a conversation; null: a new one. */
  open(thread: string | null): Promise<void>;
  /** False: it did not arrive, and the page has said so. */
  send(text: string): Promise<boolean>;
  press(message: string, pressed: Pressed): Promise<void>;
  become(user: string): Promise<void>;
  speak(lang: Lang): Promise<void>;
};

/** The chat page at work: what people do goes to the server, what it says is drawn. */
export function startDesk(root: HTMLElement, start: Pick<Desk, "info" | "lang" | "user">): Acts {
  const desk: Desk = { ...start, thread: null, threads: [], unread: new Set() };
  const acts: Acts = {
    open: async (thread) => {
      await open(page, thread);
      page.frame.focus();
    },
    send: (text) => guarded(page, () => send(page, text)),
    press: async (message, pressed) => {
      await guarded(page, () => press(page, message, pressed));
    },
    become: (user) => become(page, user),
    speak: (lang) => speak(page, lang),
  };
  const page: Page = { desk, frame: makeFrame(root, desk, acts), stream: null, meanwhile: null };
  connect(page);
  return acts;
}

type Page = {
  readonly desk: Desk;
  readonly frame: Frame;
  stream: EventSource | null;
  /** What came while a conversation was being fetched: the fetched answer may be older. */
  meanwhile: wire.Message[] | null;
};

async function open(page: Page, thread: string | null): Promise<void> {
  const { desk, frame } = page;
  desk.thread = thread;
  desk.unread.delete(thread ?? "");
  saveThread(thread);
  const meanwhile: wire.Message[] = [];
  page.meanwhile = meanwhile;
  await guarded(page, async () => {
    const messages = await messagesOf(page, thread);
    if (page.meanwhile === meanwhile) {
      page.meanwhile = null;
      frame.showMessages([...messages, ...meanwhile]);
      await refresh(page);
    }
  });
}

function put({ frame, meanwhile }: Page, message: wire.Message): void {
  meanwhile?.push(message);
  frame.put(message);
}

async function send(page: Page, text: string): Promise<void> {
  const { desk, frame } = page;
  const { user, thread } = desk;
  if (thread !== null) {
    frame.setWorking(true);
    const posted = await wire.postMessage({ user, text, thread });
    const at = new Date().toISOString();
    put(page, { id: posted.message, from: user, text, revision: 1, at });
    return;
  }
  const posted = await wire.postMessage({ user, text });
  await open(page, posted.thread);
  frame.focus();
}

async function press(page: Page, message: string, pressed: Pressed): Promise<void> {
  const { user, thread } = page.desk;
  if (thread !== null) {
    await wire.postPress({ user, thread, message, value: pressed.value, inputs: pressed.inputs });
  }
}

/** The open conversation stays open, unless the other person may not see it. */
async function become(page: Page, user: string): Promise<void> {
  const { desk } = page;
  desk.user = user;
  saveUser(user);
  connect(page);
  const threads = await wire.fetchThreads(user);
  const isSeen = threads.some(({ thread }) => thread === desk.thread);
  await open(page, isSeen ? desk.thread : null);
}

async function speak(page: Page, lang: Lang): Promise<void> {
  page.desk.lang = lang;
  saveLang(lang);
  page.frame.drawWords();
  await open(page, page.desk.thread);
}

/** One stream for the person of the moment; the one before is closed. */
function connect(page: Page): void {
  page.stream?.close();
  page.stream = wire.listen(page.desk.user, {
    onMessage: (message) => void guarded(page, () => receive(page, message)),
    onUp: () => {
      page.frame.say(null);
      void guarded(page, () => catchUp(page));
    },
    onDown: () => page.frame.say(PAGE.lost[page.desk.lang]),
  });
}

async function receive(page: Page, message: wire.Delivered): Promise<void> {
  const { desk } = page;
  if (!mayRead(desk, message)) {
    return;
  }
  if (message.thread === desk.thread) {
    put(page, message);
  } else {
    desk.unread.add(message.thread);
  }
  if (message.revision === 1) {
    await refresh(page);
  }
}

/** What came while the stream was down is fetched, so that no card stays out of date. */
async function catchUp(page: Page): Promise<void> {
  const { thread } = page.desk;
  const messages = await messagesOf(page, thread);
  if (page.desk.thread === thread) {
    messages.forEach((message) => put(page, message));
  }
  await refresh(page);
}

async function messagesOf({ desk }: Page, thread: string | null): Promise<wire.Message[]> {
  const messages = thread === null ? [] : await wire.fetchMessages(desk.user, thread);
  return messages.filter((message) => mayRead(desk, message));
}

/** The server decides who sees what; this only keeps a late message from the person before. */
function mayRead(desk: Desk, { to }: wire.Message): boolean {
  return to === undefined || to === null || to === desk.user;
}

async function refresh({ desk, frame }: Page): Promise<void> {
  desk.threads = await wire.fetchThreads(desk.user);
  frame.drawSides();
}

/** A request that did not work is told at the foot of the page; the page goes on. */
async function guarded({ desk, frame }: Page, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof wire.WireProblem)) {
      throw error;
    }
    frame.setWorking(false);
    const wording = error.status === 0 ? PAGE.unreached : PAGE.failed;
    frame.say(error.words ?? say(wording, desk.lang, { status: error.status }));
    return false;
  }
}
