import process from "node:process";

// Loaded in front of the program: its clock runs so many milliseconds ahead (or behind).
const shift = Number(process.env["CLOCK_SHIFT_MS"] ?? 0);
const now = Date.now.bind(Date);

globalThis.Date = new Proxy(Date, {
  construct: (target, given: unknown[], created) =>
    Reflect.construct(target, given.length === 0 ? [now() + shift] : given, created),
  get: (target, name) => (name === "now" ? () => now() + shift : Reflect.get(target, name)),
});
