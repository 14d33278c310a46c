import { z } from "zod";
import type { Lang } from "#text/wording.ts";

const Words = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });

const Region = z.strictObject({
  code: z.string().regex(/^[a-z]+(-[a-z0-9]+)+$/),
  cloud: z.enum(["aws", "gcp"]),
  label: Words,
  /** What people call it besides its code and label. */
  aliases: z.array(z.string().min(1)),
  /** ISO 3166-1 alpha-2, small letters. */
  country: z.string().regex(/^[a-z]{2}$/),
  /** Regions of one group may hold each other's data. */
  residency: z.string().regex(/^[a-z]{2,}$/),
  /** Letters of the zones that an ordinary account sees. */
  zones: z.array(z.string().regex(/^[a-z]$/)).min(1),
  /** An account must switch it on before its first use. */
  opt_in: z.boolean(),
  /** Where one would recover to. */
  pair: z.string().nullable(),
});
export type Region = z.infer<typeof Region>;

/** `regions.yaml`: codes are unique, pairs exist, and no word means two regions of one cloud. */
export const RegionsFile = z
  .strictObject({ regions: z.array(Region).min(1) })
  .superRefine(({ regions }, context) => {
    for (const problem of [...wrongPairs(regions), ...sharedWords(regions)]) {
      context.addIssue({ code: "custom", path: ["regions"], message: problem });
    }
  });

export type RegionsFile = z.infer<typeof RegionsFile>;

/** Every word for a region, as `plainWord` leaves it. */
export function wordsFor(region: Region): string[] {
  const { code, label, aliases } = region;
  return [...new Set([code, label.en, label.ko, ...aliases].map(plainWord))];
}

/** Case, accents, spaces and hyphens do not tell two words apart: `SEOUL`, `São Paulo`, `us east 1`. */
export function plainWord(word: string): string {
  return word
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_.-]+/g, "");
}

/** `ap-northeast-2 (Seoul)`: how a region is named to people. */
export function regionName({ code, label }: Region, lang: Lang): string {
  return `${code} (${label[lang]})`;
}

function wrongPairs(regions: readonly Region[]): string[] {
  return regions.flatMap(({ code, cloud, pair }) => {
    const isThere = regions.some((other) => other.cloud === cloud && other.code === pair);
    return pair === null || (isThere && pair !== code) ? [] : [`${code} has the pair ${pair}`];
  });
}

function sharedWords(regions: readonly Region[]): string[] {
  const owners = new Map<string, string>();
  return regions.flatMap((region) =>
    wordsFor(region).flatMap((word) => {
      const key = `${region.cloud} ${word}`;
      const owner = owners.get(key);
      owners.set(key, region.code);
      return owner === undefined ? [] : [`“${word}” means both ${owner} and ${region.code}`];
    }),
  );
}
