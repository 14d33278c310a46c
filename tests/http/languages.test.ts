import { expect, test } from "vitest";
import { LOCAL_POLICY, Policy } from "#deployments/policy.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { openApi } from "./api-fixture.ts";

test.each(testDatabases().slice(-1))(
  "who has a language in the policy is answered in it, unless the request names another",
  async ({ open }) => {
    const { people, groups } = LOCAL_POLICY;
    const dev = { name: "Dev", console: "dev", lang: "ko" };
    const policy = Policy.parse({ people: { ...people, dev }, groups });
    await using database = await open();
    await using api = await openApi(database.db, { policy: { current: () => policy } });

    const asked = [{}, { "accept-language": "*" }, { "accept-language": "en" }];
    const answers = await Promise.all(
      asked.map((headers) => api.get("/deployments/nowhere", { headers })),
    );

    const langs = answers.map(({ headers }) => headers["content-language"]);
    expect(langs).toEqual(["ko", "ko", "en"]);
  },
);
