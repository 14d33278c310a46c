import { expect, test } from "vitest";
import { createAgent } from "#agent/agent.ts";
import { rememberInMemory } from "#agent/conversation.ts";
import { offlineRules } from "#agent/offline.ts";
import type { Speaker } from "#agent/ports.ts";
import { openRegistry } from "#agent/tools/registry.ts";
import { platformTools } from "#agent/tools/platform-tools.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { SILENT as QUIET } from "#telemetry/log.ts";
import { languageOf } from "#text/wording.ts";
import { deployment, fakeParts, fakeService, speaker } from "./agent-fixtures.ts";

/** The whole agent on the fixed rules, with what it asked the service for. */
async function offlineAgent() {
  const requested: unknown[] = [];
  const catalogue = await openCatalogue("terraform/modules");
  const parts = fakeParts({
    catalogue,
    service: fakeService({
      request: async (_asked, request) => {
        requested.push(request);
        return deployment(request.name);
      },
      destroy: async () => {
        requested.push("destroy");
        return deployment("shop");
      },
    }),
    deployments: {
      seen: async (_viewer, name) => (name === "shop" ? deployment("shop") : null),
      list: async () => ({ items: [], next: null }),
    },
  });
  const tools = platformTools(parts);
  const agent = createAgent({
    model: offlineRules(tools, catalogue, openRegions("terraform/regions.yaml")),
    registry: openRegistry(tools),
    conversations: rememberInMemory(),
    log: QUIET,
    clock: () => 0,
    nonce: () => "n0nce",
  });
  const turn = (text: string, who: Speaker = speaker()) =>
    agent.turn({ ...who, lang: languageOf(text) }, text);
  return { agent, turn, requested };
}

test("every reply says that fixed rules made it", async () => {
  const { agent, turn } = await offlineAgent();

  const replies = await Promise.all([
    turn("create an app environment called shop"),
    turn("destroy"),
    turn("tell me a joke"),
    turn("농담 하나 해줘"),
    agent.run(speaker(), "help", {}),
  ]);

  expect(replies.map(({ model, offline }) => ({ model, offline }))).toEqual(
    replies.map(() => ({ model: "offline-rules-1", offline: true })),
  );
});

test("a request in plain words reaches the service, with a name made for it when none was given", async () => {
  const { turn, requested } = await offlineAgent();

  await turn("I need a staging app environment with 2 replicas");

  expect(requested).toEqual([
    {
      name: "stg-app-env",
      module: "local_app_env",
      environment: "stg",
      vars: { services: [{ name: "web", replicas: 2 }] },
    },
  ]);
});

test("a noun phrase with a place reaches the service with the code of the module's cloud", async () => {
  const { turn, requested } = await offlineAgent();

  await turn("staging VPC in Seoul, two zones");
  await turn("스테이징 VPC 서울 리전, 가용 영역 2개");

  const asked = {
    name: "stg-vpc",
    module: "aws_vpc",
    environment: "stg",
    vars: { az_count: 2, region: "ap-northeast-2" },
  };
  expect(requested).toEqual([asked, asked]);
});

test("an answer to the standing question completes the request, for the person who was asked", async () => {
  const { turn, requested } = await offlineAgent();

  const asked = await turn("destroy");
  const other = await turn("shop", speaker(["requester"], "lead"));
  const before = [...requested];
  await turn("shop");

  expect(asked.shown).toMatchObject([{ show: "say", text: /Which deployment/ }]);
  expect(other.shown).toMatchObject([{ show: "ask", question: /no rule of mine fits/ }]);
  expect(before).toEqual([]);
  expect(requested).toEqual(["destroy"]);
});

test("what does not fit gets what can be done, as sentences to press in the language that was used", async () => {
  const { turn } = await offlineAgent();

  const english = await turn("tell me a joke");
  const korean = await turn("농담 하나 해줘");

  expect(english.shown).toMatchObject([{ show: "ask", question: /fixed rules/ }]);
  expect(english.shown[0]).toHaveProperty(
    "choices[0].say",
    "I need a staging app environment called shop",
  );
  expect(korean.shown).toMatchObject([{ show: "ask", question: /정해진 규칙/ }]);
  expect(korean.shown[0]).toHaveProperty("choices[0].say", "shop이라는 스테이징 앱 환경 만들어줘");
});

test("a learner is told that a role is missing, and is offered only what a learner may do", async () => {
  const { turn, requested } = await offlineAgent();

  const reply = await turn("create an app environment", speaker(["learner"], "student"));

  expect(reply.shown).toMatchObject([{ show: "ask", question: /role that you do not have/ }]);
  expect(JSON.stringify(reply.shown)).not.toContain("destroy");
  expect(requested).toEqual([]);
});

test("words that were not used are named beside the request", async () => {
  const { turn } = await offlineAgent();

  const reply = await turn("create an app environment called shop with glitter");

  expect(reply.shown[0]).toMatchObject({ show: "say", text: /glitter/ });
});

test("a very long message is read in bounded time", async () => {
  const { turn } = await offlineAgent();

  const reply = await turn("destroy ".repeat(20_000) + "=".repeat(20_000));

  expect(reply.shown).toHaveLength(1);
});
