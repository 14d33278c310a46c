export const ACCOUNT = "000000000000";
export const HOSTED_ZONE = "Z0SIM000000000";

/** Short form of a region in the ids of its zones: ap-northeast-2 → apne2. */
export function shortRegion(region: string): string {
  const [continent = "", side = "", number = ""] = region.split("-");
  const sides = side.match(/north|south|east|west|central/g) ?? [];
  return `${continent}${sides.map((each) => each.charAt(0)).join("")}${number}`;
}

const ZONES: Readonly<Record<string, readonly string[]>> = {
  "ap-northeast-1": ["a", "c", "d"],
  "us-east-1": ["a", "b", "c", "d", "e", "f"],
  "us-west-1": ["a", "c"],
  "us-west-2": ["a", "b", "c", "d"],
  "ap-northeast-2": ["a", "b", "c", "d"],
  "ca-central-1": ["a", "b", "d"],
};

/** Names of the zones that an account usually sees. */
export function zonesOf(region: string): readonly string[] {
  return (ZONES[region] ?? ["a", "b", "c"]).map((letter) => `${region}${letter}`);
}

export function zoneId(zone: string): string {
  const region = zone.slice(0, -1);
  return `${shortRegion(region)}-az${zonesOf(region).indexOf(zone) + 1}`;
}
