import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { linesOf, linkIn } from "./card-reading.ts";
import { call, offers, press, say, waitFor, type Message } from "./console-client.ts";
import { startProgram } from "./program.ts";
import { typeInShell } from "./shell-client.ts";

/** What the demo reads of a deployment to believe that it really happened. */
const Applied = z.object({
  name: z.string(),
  module: z.literal("aws_vpc"),
  environment: z.literal("stg"),
  vars: z.object({ region: z.literal("ap-northeast-2"), az_count: z.literal(2) }),
  status: z.literal("applied"),
  plan: z.object({ digest: z.string() }),
  votes: z.array(z.object({ voter: z.string(), decision: z.literal("approve") })).min(1),
  resources: z.array(z.object({ address: z.string(), id: z.string().min(1) })).min(1),
});

const List = z.object({ items: z.array(z.object({ id: z.string() })) });

type Lang = "en" | "ko";
const ASK: Readonly<Record<Lang, string>> = {
  en: "staging VPC in Seoul, two zones",
  ko: "서울에 스테이징 VPC 만들어 주세요, 가용 영역 두 개로",
};
const LEARN: Readonly<Record<Lang, string>> = {
  en: "/learn part2/day3/cli_basics",
  ko: "CLI 기초 배우고 싶어요",
};
const SHELL_LINE = "echo hello-from-$((40+2))";
const SHELL_ANSWER = "hello-from-42";

/** The whole story against the real program; throws where anything of it did not happen. */
async function demo(lang: Lang): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-demo-"));
  const program = await startProgram(environment(dataDir));
  try {
    await infrastructure(program.url, lang);
    await lesson(program.url, lang);
  } finally {
    await program.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Local mode whatever this shell holds; only what finds Terraform is passed on. */
function environment(dataDir: string): Record<string, string> {
  const { PATH = "", HOME = "", TERRAFORM_BIN } = process.env;
  const terraform = TERRAFORM_BIN === undefined ? {} : { TERRAFORM_BIN };
  return { PATH, HOME, DATA_DIR: dataDir, PORT: "0", ...terraform };
}

async function infrastructure(url: string, lang: Lang): Promise<void> {
  said("dev", ASK[lang]);
  const thread = await say(url, { user: "dev", text: ASK[lang] });
  const card = await waitFor(url, { user: "lead", thread }, (message) =>
    offers(message, "approve"),
  );
  shown(card);

  acts("lead", "Approve");
  await press(url, { user: "lead", thread, message: card, what: "approve" });
  const report = await waitFor(
    url,
    { user: "dev", thread },
    (message) => message.id !== card.id && offers(message, "destroy"),
  );
  shown(report);

  const { name, resources, plan, votes } = await newest(url);
  const voters = votes.map(({ voter }) => voter).join(", ");
  print(`  ✓ ${name}: applied the saved plan ${plan.digest.slice(0, 12)}, approved by ${voters}:`);
  resources.forEach(({ address, id }) => print(`    ${address} = ${id}`));
}

/** The deployment that was just made, as the API tells it. */
async function newest(url: string): Promise<z.infer<typeof Applied>> {
  const get = (path: string) => call(url, { user: "dev", method: "GET", path });
  const { items } = List.parse((await get("/deployments")).body);
  return Applied.parse((await get(`/deployments/${items[0]?.id ?? ""}`)).body);
}

async function lesson(url: string, lang: Lang): Promise<void> {
  said("student", LEARN[lang]);
  const thread = await say(url, { user: "student", text: LEARN[lang] });
  const where = { user: "student", thread };
  const cover = await waitFor(url, where, (message) => offers(message, "lesson"));
  shown(cover);

  acts("student", "Open CLI Tool");
  const step = await waitFor(url, where, (message) => offers(message, "shell"));
  await press(url, { ...where, message: step, what: "shell" });
  const answer = await waitFor(url, where, (message) => linkIn(message.card, "/s#") !== null);
  const link = linkIn(answer.card, "/s#") ?? "";
  const typed = await typeInShell(link, { line: SHELL_LINE, expected: SHELL_ANSWER });
  print(`  ✓ a ${typed.driver} shell answered ${SHELL_LINE} with ${SHELL_ANSWER}`);
}

function said(who: string, text: string): void {
  print(`\n${who}: ${text}`);
}

function acts(who: string, label: string): void {
  print(`\n${who} presses [${label}]`);
}

function shown({ card }: Message): void {
  print("\ncloud:");
  linesOf(card)
    .filter((line) => line.trim() !== "")
    .forEach((line) => print(`  │ ${line}`));
}

function print(line: string): void {
  console.log(line);
}

const begun = performance.now();
try {
  await demo(process.argv.includes("--ko") ? "ko" : "en");
  print(`\nAll of it happened, in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
