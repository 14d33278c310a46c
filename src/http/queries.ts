import { z } from "zod";
import { Environment, type Status } from "#deployments/deployment.ts";
import { PersonId } from "#deployments/ids.ts";
import { STATUSES } from "#text/states.ts";

/** What the routes read behind the `?`; an unknown parameter is refused. */
const isStatus = (word: string): word is Status => Object.hasOwn(STATUSES, word);

export const StatusWord = z.enum(Object.keys(STATUSES).filter(isStatus));

export const CreateQuery = z.strictObject({ plan: z.enum(["true", "false"]).optional() });

export const ListQuery = z.strictObject({
  status: StatusWord.optional(),
  module: z.string().optional(),
  requester: PersonId.optional(),
  name: z.string().optional(),
  environment: Environment.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Seconds to wait for what was asked for, at most. */
export const WaitQuery = z.strictObject({
  wait: z.coerce.number().min(0).max(300).optional(),
});

export const LogsQuery = z.object({ run: z.string().optional() });

const Lang = z.enum(["en", "ko"]);

export const TreeQuery = z.strictObject({ lang: Lang.optional() });

export const ContentQuery = z.strictObject({
  path: z.string().min(1).max(200),
  lang: Lang.optional(),
});
