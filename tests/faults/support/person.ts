import { z } from "zod";
import type { Answer } from "#commands/console-client.ts";
import { eventually } from "./eventually.ts";
import { NOTES_PASSWORD, type Stage } from "./stage.ts";

/** A deployment as its requester sees it. */
const Seen = z.object({
  id: z.string(),
  status: z.string(),
  standing: z.string(),
  lastChange: z
    .object({ kind: z.string(), outcome: z.string(), reason: z.string().nullable() })
    .nullable(),
  plan: z.looseObject({ digest: z.string(), add: z.number() }).nullable(),
  runs: z.array(
    z.object({ id: z.string(), kind: z.string(), status: z.string(), attempts: z.number() }),
  ),
  uncertain: z
    .array(z.object({ address: z.string(), found: z.string(), id: z.string().nullable() }))
    .default([]),
});
export type Seen = z.infer<typeof Seen>;

export type Wish = {
  readonly name: string;
  readonly module: string;
  readonly vars: Readonly<Record<string, unknown>>;
};

/** Notes without a cloud, with a password among their variables. */
export function notes(name: string): Wish {
  return { name, module: "local_notes", vars: { password: NOTES_PASSWORD } };
}

export async function seen(stage: Stage, name: string): Promise<Seen> {
  const { status, body } = await stage.get("dev", `/deployments/${name}`);
  if (status === 404) {
    throw new NotThere(name);
  }
  return Seen.parse(body);
}

/** Nobody has asked for it yet. */
export class NotThere extends Error {
  override readonly name = "NotThere";
}

/** What people do when it stands like this; nothing where they can only wait. */
export const UNDER_WAY = ["planning", "approved", "applying", "destroying"];

export async function request(stage: Stage, wish: Wish): Promise<Answer> {
  return done(await stage.post("dev", "/deployments", wish));
}

export async function plan(stage: Stage, name: string): Promise<Answer> {
  return done(await stage.post("dev", `/deployments/${name}/plan`));
}

export async function ask(stage: Stage, name: string): Promise<Answer> {
  return done(await stage.post("dev", `/deployments/${name}/approve`));
}

export async function destroy(stage: Stage, name: string): Promise<Answer> {
  return done(await stage.post("dev", `/deployments/${name}/destroy`));
}

/** Approvers vote for what is there, one after the other, until it needs no more of them. */
export async function approve(stage: Stage, name: string): Promise<void> {
  for (const voter of ["lead", "ops"]) {
    const now = await seen(stage, name);
    if (now.status !== "awaiting_approval") {
      return;
    }
    const ballot = { decision: "approve", digest: now.plan?.digest, confirmName: name };
    done(await stage.post(voter, `/deployments/${name}/vote`, ballot));
  }
}

/** Asks for it, plans it and puts it to the vote; answers once it waits for votes. */
export async function putToVote(stage: Stage, wish: Wish): Promise<void> {
  await request(stage, wish);
  await plan(stage, wish.name);
  await waitFor(stage, wish.name, ({ status }) => status === "planned");
  await ask(stage, wish.name);
}

export async function waitFor(
  stage: Stage,
  name: string,
  fits: (now: Seen) => boolean,
): Promise<Seen> {
  return eventually(() => seen(stage, name), fits);
}

/** Once no run is under way and no word to people is still on its way out. */
export async function settled(stage: Stage, name: string): Promise<Seen> {
  return waitFor(stage, name, ({ status }) => !UNDER_WAY.includes(status));
}

function done(answer: Answer): Answer {
  if (answer.status >= 300) {
    throw new Refused(answer);
  }
  return answer;
}

/** The product turned a request down. */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor({ status, body }: Answer) {
    super(`It answered ${status}: ${JSON.stringify(body).slice(0, 500)}`);
  }
}
