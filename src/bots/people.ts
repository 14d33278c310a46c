import { personBehind, viewerOf, type PolicySource } from "#deployments/policy.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Viewer } from "#deployments/viewer.ts";
import type { Lang } from "#text/wording.ts";
import type { Setting } from "./cards/parts.ts";
import type { Incoming } from "./ports.ts";

/** A person at this moment, with the language they chose, if they did. */
export type Known = { readonly viewer: Viewer; readonly lang: Lang | null };

/** Who did this, by the policy of this moment; null when it knows nobody like that. */
export function whoDid(policy: PolicySource, { place, user }: Incoming): Known | null {
  const now = policy.current();
  const person = personBehind(now, place.platform, user);
  const viewer = person === null ? null : viewerOf(now, person);
  return person === null || viewer === null
    ? null
    : { viewer, lang: now.people[person]?.lang ?? null };
}

/** `simulated`: AWS and Google of this product are stand-ins. */
export type SettingSource = { readonly policy: PolicySource; readonly simulated: boolean };

/** What cards are drawn with: everybody by the name that the policy gives them. */
export function settingFor(
  { policy }: Pick<SettingSource, "policy">,
  lang: Lang,
  offline = false,
): Setting {
  const people = Object.entries(policy.current().people);
  const names = Object.fromEntries(people.map(([id, { name }]) => [id, name]));
  return { lang, simulated: false, offline, names };
}

/**
 * The same for a card about deployments: it says SIMULATED where one of them was made in a simulated
 * cloud, whatever clouds this process works in.
 */
export function settingOf(
  setting: Setting,
  deployments: readonly Pick<Deployment, "simulated">[],
): Setting {
  return { ...setting, simulated: deployments.some(({ simulated }) => simulated) };
}
