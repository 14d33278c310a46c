import { describe, expect, test } from "vitest";
import type { ButtonValue } from "#bots/card.ts";
import type { Catalogue, Module, ModuleVariable } from "#deployments/ports.ts";
import { aCard, aMessage } from "#tests/fakes/cards.ts";
import { aPress, PLACE } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { done, MODULE, person } from "#tests/support/deployments.ts";

const SECRET = "hunter2-is-no-secret";

function variable(name: string, more: Partial<ModuleVariable>): ModuleVariable {
  return {
    name,
    description: "",
    required: false,
    sensitive: false,
    nullable: false,
    advanced: false,
    type: "string",
    schema: { type: "string" },
    default: null,
    label: { en: name, ko: name },
    choices: [],
    ...more,
  };
}

const FORMED: Module = {
  ...MODULE,
  variables: [
    variable("owner", { required: true }),
    variable("size", { schema: { type: "integer" }, type: "number", default: 3 }),
    variable("password", { required: true, sensitive: true }),
  ],
};

/** Wants whole numbers for `size`, nothing else. */
const CATALOGUE: Catalogue = {
  modules: () => [FORMED],
  module: (name) => (name === FORMED.name ? FORMED : null),
  check: (_module, { size = 3 }) =>
    typeof size === "number"
      ? []
      : [{ variable: "size", code: "not-number", params: { where: "size" } }],
};

const GOOD = { own_name: "shop", own_environment: "stg", var_owner: "web", var_size: "5" };

describe.each(testDatabases())("forms that people send, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  async function newest(chat: ChatHouse, user: string) {
    return (await chat.messages.messages(PLACE.thread, user)).at(-1);
  }

  async function newestId(chat: ChatHouse, user: string): Promise<string> {
    return (await newest(chat, user))?.id ?? "";
  }

  let pressed = 0;
  async function press(
    chat: ChatHouse,
    value: ButtonValue,
    more: { message: string; user?: string; inputs?: Record<string, string> },
  ): Promise<void> {
    pressed += 1;
    await chat.inbox.receive(aPress(value, { user: "dev", key: `console:p${pressed}`, ...more }));
    await chat.settle();
  }

  /** The form as it stands before Dev, opened by the button of a card. */
  async function form(chat: ChatHouse): Promise<string> {
    const value = { do: "form", module: FORMED.name } as const;
    const card = aCard("Catalogue", [{ label: "Create…", style: "plain", value }]);
    await chat.outbox.write([
      aMessage({ card: "reply:x:0", content: { text: "Catalogue", card, about: [] } }),
    ]);
    await chat.settle();
    await press(chat, value, { message: await newestId(chat, "dev") });
    return await newestId(chat, "dev");
  }

  async function shop(chat: ChatHouse) {
    return done(await chat.house.deployments.seen(person("dev"), "shop"));
  }

  const SEND = { do: "request", module: FORMED.name } as const;

  test("the form is for the presser alone", async () => {
    const chat = chatHouse(opened.db, { catalogue: CATALOGUE });

    await form(chat);

    expect((await newest(chat, "dev"))?.card?.title).toBe("New: Fixture environment");
    expect((await newest(chat, "lead"))?.card?.title).toBe("Catalogue");
  });

  test("a wrong value comes back beside its field with the others kept, and nothing is made", async () => {
    const chat = chatHouse(opened.db, { catalogue: CATALOGUE });
    const message = await form(chat);
    const inputs = { ...GOOD, var_size: "many", var_password: SECRET };

    await press(chat, SEND, { message, inputs });

    const shown = JSON.stringify(await newest(chat, "dev"));
    expect(shown).toContain("“size” must be a number");
    expect(shown).toContain('"value":"many"');
    expect(shown).toContain('"value":"web"');
    expect(await chat.house.deployments.seen(person("dev"), "shop")).toBeNull();
  });

  test("sent twice at once it makes one deployment, with its values as values", async () => {
    const chat = chatHouse(opened.db, { catalogue: CATALOGUE });
    const message = await form(chat);
    const inputs = { ...GOOD, var_password: SECRET };
    const twice = ["a", "b"].map((key) =>
      aPress(SEND, { user: "dev", key: `console:${key}`, message, inputs }),
    );

    await Promise.all(twice.map((each) => chat.inbox.receive(each)));
    await chat.settle();

    const all = await chat.house.deployments.list(person("ops"), {}, { after: null, limit: 10 });
    expect(all.items.map(({ name, environment }) => [name, environment])).toEqual([
      ["shop", "stg"],
    ]);
    expect(all.items[0]?.change?.vars).toEqual({ owner: "web", size: 5, password: SECRET });
    const cards = await chat.messages.messages(PLACE.thread, "dev");
    const sent = cards.find(({ id }) => id === message);
    expect(sent?.card?.actions).toEqual([]);
    expect(JSON.stringify(sent)).toContain("Dev sent this form for shop");
  });

  test("a secret is nowhere but in the deployment's values", async () => {
    const chat = chatHouse(opened.db, { catalogue: CATALOGUE });
    const message = await form(chat);
    await press(chat, SEND, {
      message,
      inputs: { ...GOOD, var_size: "x", var_password: SECRET },
    });
    await press(chat, SEND, { message, inputs: { ...GOOD, var_password: SECRET } });

    const tables = ["messages", "console_messages", "inbox"];
    const rows = await Promise.all(tables.map((table) => opened.db(table)));

    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect(JSON.stringify(rows)).toContain("web");
  });

  test("a student's form makes nothing and says which role it takes", async () => {
    const chat = chatHouse(opened.db, { catalogue: CATALOGUE });
    const value = { ...SEND };
    const action = { label: "Send", style: "primary", value, takesFields: true } as const;
    const content = { text: "Form", card: aCard("Form", [action]), about: [] };
    await chat.outbox.write([aMessage({ card: "reply:f:0", content })]);
    await chat.settle();
    const message = await newestId(chat, "student");

    await press(chat, value, { message, user: "student", inputs: GOOD });

    expect((await newest(chat, "student"))?.card?.title).toBe("That did not work");
    expect(await chat.house.deployments.seen(person("ops"), "shop")).toBeNull();
  });

  test("the values of a deployment are changed by a form that shows them", async () => {
    const chat = chatHouse(opened.db, { catalogue: CATALOGUE });
    await press(chat, SEND, {
      message: await form(chat),
      inputs: { ...GOOD, var_password: SECRET },
    });
    const made = await shop(chat);
    const value = { do: "values", deployment: made.id } as const;
    const card = aCard("Plan", [{ label: "Change values…", style: "plain", value }]);
    await chat.outbox.write([
      aMessage({ card: "reply:y:0", content: { text: "Plan", card, about: [] } }),
    ]);
    await chat.settle();
    await press(chat, value, { message: await newestId(chat, "dev") });
    const shown = await newest(chat, "dev");

    const change = { do: "change", deployment: made.id } as const;
    const inputs = { var_owner: "data", var_size: "5", var_password: "" };
    await press(chat, change, { message: await newestId(chat, "dev"), inputs });

    const after = await shop(chat);
    expect(JSON.stringify(shown)).toContain('"value":"web"');
    expect(JSON.stringify(shown)).not.toContain(SECRET);
    expect(after.change?.vars).toEqual({ owner: "data", size: 5, password: SECRET });
  });
});
