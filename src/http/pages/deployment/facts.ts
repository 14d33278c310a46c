import { make } from "#http/pages/console/dom.ts";
import { APPROVAL } from "#text/approval-card.ts";
import { CARD } from "#text/cards.ts";
import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import { DRIFT_TITLES } from "#text/drift.ts";
import { CHANGE_KINDS, OUTCOMES, RISK_LEVELS, STANDINGS, STATUSES } from "#text/states.ts";
import { say } from "#text/wording.ts";
import { moment } from "./moment.ts";
import type { About } from "./wire.ts";

/** Name, status and whether all of it is simulated. */
export function headerOf({ deployment, lang }: About): Node[] {
  const { name, status, simulated, risk } = deployment;
  const badges = [
    make("span", { class: `status ${status}` }, STATUSES[status][lang]),
    simulated ? make("span", { class: "badge" }, PAGE.simulated[lang]) : null,
    risk === null
      ? null
      : make(
          "span",
          { class: `risk ${risk.level}` },
          `${PAGE.risk[lang]}: ${RISK_LEVELS[risk.level][lang]}`,
        ),
  ];
  return [make("h1", {}, name), make("p", { class: "badges" }, ...badges)];
}

/** What it is, the values it was asked for with, what it gives. */
export function factsOf(about: About): Node[] {
  const { deployment, lang } = about;
  const values = Object.entries(deployment.change?.vars ?? deployment.vars);
  return [
    section(PAGE.facts[lang], list(identityOf(about))),
    ...(values.length === 0
      ? []
      : [section(PAGE.values[lang], list(values.map(([name, value]) => [name, shown(value)])))]),
    ...(deployment.outputs.length === 0
      ? []
      : [
          section(
            PAGE.outputs[lang],
            list(
              deployment.outputs.map(({ name, value, sensitive }) => [
                name,
                sensitive ? PAGE.hidden[lang] : value,
              ]),
            ),
          ),
        ]),
    ...risksOf(about),
    ...driftOf(about),
  ];
}

type Fact = readonly [string, string];

function identityOf({ deployment, lang, names }: About): Fact[] {
  const { module, cloud, environment, team, requester, standing, lastChange, change } = deployment;
  const until: Fact[] =
    change?.expiresAt === undefined
      ? []
      : [[APPROVAL.expires[lang], moment(change.expiresAt, lang)]];
  const last: Fact[] =
    lastChange === null
      ? []
      : [
          [
            CHANGE_KINDS[lastChange.kind][lang],
            [OUTCOMES[lastChange.outcome][lang], lastChange.reason].filter(Boolean).join(": "),
          ],
        ];
  return [
    [CARD.module[lang], `${module} (${cloud})`],
    [CARD.environment[lang], environment],
    [CARD.requester[lang], names[requester] ?? requester],
    [PAGE.team[lang], team ?? PAGE.noTeam[lang]],
    [CARD.standing[lang], STANDINGS[standing][lang]],
    ...until,
    ...last,
  ];
}

/** Reasons that say the same of many addresses are one line, as on the card. */
function risksOf({ deployment, lang }: About): Node[] {
  const reasons = deployment.risk?.reasons ?? [];
  const lines = [...Map.groupBy(reasons, ({ text }) => text)].map(([text, same]) => {
    const addresses = same.map(({ address }) => address);
    if (addresses.length <= FEW) {
      const codes = addresses.flatMap((address) => [make("code", {}, address), " "]);
      return make("li", {}, ...codes, text);
    }
    const summary = make(
      "summary",
      {},
      say(PAGE.resources, lang, { n: addresses.length }),
      ` ${text}`,
    );
    return make("li", {}, make("details", {}, summary, make("pre", {}, addresses.join("\n"))));
  });
  return lines.length === 0 ? [] : [section(PAGE.risk[lang], make("ul", {}, ...lines))];
}

const FEW = 3;

/** What the newest drift check found, unless it was repaired or destroyed since; the card offers the repair. */
function driftOf({ deployment: { drift, name, lastChange }, lang }: About): Node[] {
  if (drift === null || isPast(drift, lastChange)) {
    return [];
  }
  const title = say(DRIFT_TITLES[drift.outcome ?? "underWay"], lang, { name });
  const at = make("p", { class: "quiet" }, moment(drift.endedAt ?? drift.askedAt, lang));
  const lines = drift.items.map(({ address, attributes }) =>
    make("li", {}, make("code", {}, address), ` ${attributes.map(({ path }) => path).join(", ")}`),
  );
  return [section(title, at, ...(lines.length === 0 ? [] : [make("ul", {}, ...lines)]))];
}

type Shown = About["deployment"];

function isPast({ endedAt }: NonNullable<Shown["drift"]>, last: Shown["lastChange"]): boolean {
  return endedAt !== null && last?.outcome === "applied" && last.at > endedAt;
}

export function section(title: string, ...content: Node[]): HTMLElement {
  return make("section", {}, make("h2", {}, title), ...content);
}

function list(facts: readonly Fact[]): HTMLElement {
  return make(
    "dl",
    {},
    ...facts.flatMap(([label, value]) => [make("dt", {}, label), make("dd", {}, value)]),
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
