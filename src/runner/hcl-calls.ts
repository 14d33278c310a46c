import { getExpressionAst } from "@cdktn/hcl2json";
import { z } from "zod";
import { NotRead } from "./hcl-tokens.ts";

/** A node of the parser's tree, with what we look at. */
const Node = z.object({
  type: z.string(),
  meta: z
    .object({
      name: z.string().optional(),
      value: z.string().optional(),
      fullAccessor: z.string().optional(),
      keyVar: z.string().optional(),
      valVar: z.string().optional(),
    })
    .default({}),
  get children() {
    return z.array(Node).default([]);
  },
});
type Node = z.infer<typeof Node>;

/** One call of a function in an expression. */
export type Call = {
  /** Without a namespace: `core::file` is `file`. */
  readonly name: string;
  readonly text: string;
  /** For each argument its fixed path under `path.module`, or its fixed text; null where it has neither. */
  readonly args: readonly (Path | null)[];
};

export type Path = { readonly under: "module" | "nothing"; readonly path: string };

/**
 * Every call of a function in a template, as the parser of HCL answers and `*.tf.json` writes it:
 * `a ${file("b")}`. Throws NotRead for what is no template.
 */
export async function callsIn(template: string): Promise<readonly Call[]> {
  return callsBelow(await treeOf(template), false);
}

/**
 * The calls that stand behind what looks escaped.
 * NOTE: a "$" written as `\u0024` or `${"$"}` stands before "${" in the parser's answer, where it
 * reads as the escape "$${". Each one is tried as if it were none; what then is no template, such as
 * a shell's `$${HOME:-/root}`, is the escape that it looks like.
 */
export async function callsBehindEscapes(template: string): Promise<readonly Call[]> {
  const plain = template.replace(/%+(?=%\{~?\s*(?:if|else|endif|for|endfor)\b)/g, "");
  const calls = plain === template ? [] : [...(await callsIn(plain))];
  for (const { 0: marks, index } of plain.matchAll(/\$+(?=\$\{)/g)) {
    const tried = plain.slice(0, index) + plain.slice(index + marks.length);
    calls.push(...(await callsIn(tried).catch(noneIfNotRead)));
  }
  return calls;
}

function noneIfNotRead(error: unknown): readonly Call[] {
  if (error instanceof NotRead) {
    return [];
  }
  throw error;
}

async function treeOf(template: string): Promise<Node | null> {
  let mark = "EOT";
  while (template.includes(mark)) {
    mark += "T";
  }
  try {
    // As a heredoc, because nothing in one needs an escape.
    return Node.nullable().parse(
      await getExpressionAst("expression", `<<${mark}\n${template}\n${mark}\n`),
    );
  } catch (cause) {
    throw new NotRead("an expression that the parser refuses", { cause });
  }
}

/** `shadowed`: a for expression around it calls something of its own `path`. */
function callsBelow(node: Node | null, shadowed: boolean): readonly Call[] {
  if (node === null) {
    return [];
  }
  const { keyVar, valVar } = node.meta;
  const within = shadowed || keyVar === "path" || valVar === "path";
  const below = node.children.flatMap((child) => callsBelow(child, within));
  if (node.type !== "function") {
    return below;
  }
  const call = {
    name: node.meta.name?.split("::").at(-1) ?? "",
    text: node.meta.value ?? "",
    args: node.children.map((child) => (within ? null : pathOf(child))),
  };
  return [call, ...below];
}

function pathOf({ type, meta, children }: Node): Path | null {
  if (type === "scopeTraversal") {
    return meta.fullAccessor === "path.module" ? { under: "module", path: "" } : null;
  }
  if (type !== "template" && type !== "templateWrap") {
    return null;
  }
  const [first, ...rest] = children;
  const inModule = first?.meta.fullAccessor === "path.module" && first.type === "scopeTraversal";
  const fixed = inModule ? rest : children;
  if (fixed.some((child) => child.type !== "literalValue")) {
    return null;
  }
  const path = fixed.map((child) => child.meta.value ?? "").join("");
  return { under: inModule ? "module" : "nothing", path };
}
