import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCommand } from "#bots/command.ts";

describe("chat commands", () => {
  test.each([
    ["/cloud help", "help", {}],
    ["/cloud", "help", {}],
    ["/CLOUD Modules", "list_modules", {}],
    ["/cloud about", "about", {}],
    ["/cloud status", "list_deployments", {}],
    ["/cloud status demo", "get_deployment", { deployment: "demo" }],
    ["/cloud logs demo", "get_logs", { deployment: "demo" }],
    ["/cloud cancel demo", "cancel_deployment", { deployment: "demo" }],
    ["/cloud destroy demo", "destroy_deployment", { deployment: "demo" }],
    ["/cloud drift demo", "check_drift", { deployment: "demo" }],
    [
      "/cloud plan demo replicas=3",
      "plan_deployment",
      { deployment: "demo", vars: { replicas: 3 } },
    ],
    ["/learn", "list_lessons", {}],
    ["/learn next", "open_lesson", { go: "next" }],
    ["/learn progress", "my_progress", {}],
    ["/learn part2/day3/cli_basics", "open_lesson", { lesson: "part2/day3/cli_basics" }],
    ["/learn remote state", "list_lessons", { query: "remote state" }],
  ])("%s calls %s", (text, tool, input) => {
    const command = readCommand(text);

    expect(command).toEqual({ tool, input });
  });

  test.each([
    ["staging", "stg"],
    ["운영", "prod"],
    ["moon", "moon"],
  ])("the environment %s is passed on as %s", (word, environment) => {
    const command = readCommand(`/cloud create aws_vpc environment=${word} team=payments`);

    expect(command).toMatchObject({ input: { environment, team: "payments", vars: {} } });
  });

  test("a request keeps its name and environment apart from the module's values", () => {
    const command = readCommand(
      "/cloud create aws_vpc name=dev-vpc region=us-east-1 environment=stg",
    );

    expect(command).toEqual({
      tool: "create_deployment",
      input: {
        module: "aws_vpc",
        name: "dev-vpc",
        environment: "stg",
        vars: { region: "us-east-1" },
      },
    });
  });

  test.each([
    ["text=plain", "plain"],
    ["count=3", 3],
    ["on=true", true],
    ["version=1.10", "1.10"],
    ["code=007", "007"],
    ['port="8080"', "8080"],
    ["title=“two words”", "two words"],
    ["title='two words'", "two words"],
    ["name=it's", "it's"],
    ['tags={"team": "a b", "n": [1, 2]}', { team: "a b", n: [1, 2] }],
    ['list=["a", "b c"]', ["a", "b c"]],
    ["broken={a", "{a"],
    ["empty=", ""],
    ["url=a=b", "a=b"],
  ])("the value in %s is read as %j", (pair, value) => {
    const command = readCommand(`/cloud plan demo ${pair}`);

    const key = pair.slice(0, pair.indexOf("="));
    expect(command).toMatchObject({ input: { vars: { [key]: value } } });
  });

  test.each([
    ["@Cloud Bot"],
    ["cloud computing is fun"],
    ["help"],
    ["Create a staging VPC please"],
    ["cloud help me with a network"],
    ["learn about networks"],
    ["cloudy /cloud help"],
  ])("“%s” is plain words", (text) => {
    expect(readCommand(text)).toBeNull();
  });

  test.each([
    ["cloud status demo"],
    ["@cloud status demo"],
    ["@helper cloud status demo"],
    ["<at>Cloud Bot</at> cloud status demo"],
    ["<@U123> /cloud status demo"],
  ])("“%s” is a command without its slash", (text) => {
    expect(readCommand(text)).toMatchObject({ tool: "get_deployment" });
  });

  test("a misspelt command is answered with the one that was meant", () => {
    const refused = readCommand("/cloud stauts demo");

    expect(refused).toMatchObject({
      code: "command-unknown",
      params: { command: "/cloud stauts", like: "/cloud status" },
    });
  });

  test("whatever is typed is read without a failure, as a command or not", () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('"', "'", "{", "[", "=", " ", "/cloud "));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const command = readCommand(`/cloud plan demo ${words.join("")}`);
        expect(command).not.toBeNull();
      }),
    );
  });

  test("a value of any text survives being written in quotes", () => {
    const value = fc.string().filter((text) => !/["\\“”„‘’]/.test(text));
    fc.assert(
      fc.property(value, (text) => {
        const command = readCommand(`/cloud plan demo note="${text}"`);
        expect(command).toMatchObject({ input: { vars: { note: text } } });
      }),
    );
  });

  test("a JSON value of any text ends where it ends, and what follows is read", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[“”„‘’]/.test(text));
        const tags = { a: text };
        const command = readCommand(`/cloud plan demo tags=${JSON.stringify(tags)} region=x`);
        expect(command).toMatchObject({ input: { vars: { tags, region: "x" } } });
      }),
      { examples: [["\\"], ['"\\']] },
    );
  });

  test("a command that this installation lacks is not suggested", () => {
    expect(readCommand("/cloud cosst")).toMatchObject({ code: "command-unknown" });
    expect(JSON.stringify(readCommand("/cloud cosst"))).not.toContain('/cloud cost"');
  });

  test.each([
    ["/cloud plan", "command-incomplete"],
    ["/cloud create name=x", "command-incomplete"],
    ["/cloud status one two", "command-word"],
    ["/cloud cancel demo force=true", "command-word"],
    ["/cloud drift", "command-incomplete"],
    ["/cloud cost demo", "command-unknown"],
    ["/cloud approve demo", "command-unknown"],
    ["/cloud constructor", "command-unknown"],
  ])("%s is refused as %s", (text, code) => {
    expect(readCommand(text)).toMatchObject({ refused: true, code });
  });
});
