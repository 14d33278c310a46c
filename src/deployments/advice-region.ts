import type { Advice, Subject, Surroundings } from "./advice.ts";
import { advice, named, preferred, regionIn, usable, type Placed } from "./advice-facts.ts";
import { placeAdvice } from "./advice-place.ts";
import { nearestRegion, regionCalled } from "./region-search.ts";

/**
 * Where it is to be. A region that is none, of another cloud or not allowed is all there is to say;
 * else every rule speaks that has something to say, in this order.
 */
export function regionAdvice(subject: Subject, around: Surroundings): readonly Advice[] {
  const given = regionIn(subject.module, subject.vars);
  const { module } = subject;
  if (given === null || module.region === null || module.cloud === "local") {
    return [];
  }
  const region = around.regions.find(({ cloud, code }) => cloud === module.cloud && code === given);
  if (region === undefined) {
    // A place that only this module knows (`ASIA` of a bucket) has no facts to judge it by.
    return module.region.allowed.includes(given) ? [] : [unknown(given, subject, around)];
  }
  const asked: Placed = { subject, around, region, variable: module.region.variable };
  const refused = notAllowed(asked);
  return refused.length > 0 ? refused : placeAdvice(asked);
}

/** A word that is no code of this cloud: a city, a typing mistake, or a region of the other cloud. */
function unknown(given: string, subject: Subject, around: Surroundings): Advice {
  const { cloud, region: own } = subject.module;
  const { regions } = around;
  const other = regions.find((each) => each.cloud !== cloud && each.code === given);
  // The same place by its code or its words, before what merely looks alike.
  const meant =
    regionCalled(regions, cloud, given) ??
    (other === undefined
      ? nearestRegion(regions, cloud, given)
      : regionCalled(regions, cloud, other.label.en));
  const offered = usable(subject, around);
  // What is meant but may not be used here is no help: then the usual one is suggested.
  const isOffered = meant !== null && offered.includes(meant);
  const to = isOffered ? meant : preferred(subject, around);
  const params = {
    region: shortened(given),
    module: subject.module.name,
    cloud,
    othercloud: other?.cloud ?? "",
    allowed: offered.map(({ code }) => code).join(", "),
  };
  const code = other === undefined ? "unknown_region" : "wrong_cloud_region";
  return advice("block", code, { params, to, variable: own?.variable ?? "region" });
}

/** Not offered by the module, or not allowed by the policy. */
function notAllowed({ subject, around, region, variable }: Placed): readonly Advice[] {
  const offered = usable(subject, around);
  if (offered.includes(region)) {
    return [];
  }
  const allowed = offered.map(({ code }) => code).join(", ");
  const params = { ...named(region), module: subject.module.name, allowed };
  return [advice("block", "not_allowed", { params, to: preferred(subject, around), variable })];
}

/** What a person typed comes back in a sentence, but not a whole page of it. */
function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
