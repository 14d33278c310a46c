import { expect, test } from "vitest";
import { rememberInMemory } from "#agent/conversation.ts";

test("the memory keeps the last turns and forgets the conversation that was used least", async () => {
  const memory = rememberInMemory(2);
  for (let turn = 0; turn < 30; turn += 1) {
    await memory.remember("a", [{ from: "person", text: `${turn}` }]);
  }
  await memory.remember("b", [{ from: "person", text: "b" }]);
  await memory.remember("a", [{ from: "person", text: "last" }]);
  await memory.remember("c", [{ from: "person", text: "c" }]);

  const kept = await Promise.all(["a", "b", "c"].map((key) => memory.recall(key)));

  expect(kept.map((messages) => messages.length)).toEqual([20, 0, 1]);
  expect(kept[0]?.at(-1)).toEqual({ from: "person", text: "last" });
});
