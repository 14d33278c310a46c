import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BrokenModule } from "#runner/broken-module.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { passGate } from "#runner/static-gate.ts";
import { FIXTURES } from "./aquarium.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gate-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Files = Readonly<Record<string, string>>;

/** What the gate says of a module with these files, or null when it lets it pass. */
async function verdict(files: Files | string, provisioners = false): Promise<BrokenModule | null> {
  const all = typeof files === "string" ? { "main.tf": files } : files;
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  try {
    await passGate(folder, { provisioners });
    return null;
  } catch (error) {
    if (error instanceof BrokenModule) {
      return error;
    }
    throw error;
  }
}

function local(expression: string): string {
  return `locals {\n  x = ${expression}\n}\n`;
}

describe("what could reach out of a module is refused with its line, in both languages", () => {
  test.each<[string, string, string, string]>([
    [
      "an external data source",
      'data "external" "x" {\n  program = ["id"]\n}',
      "outside-data",
      "데이터 소스",
    ],
    [
      "an http data source in a check",
      'check "c" {\n  data "http" "x" {\n    url = "u"\n  }\n}',
      "outside-data",
      "데이터 소스",
    ],
    [
      "the state of somebody else",
      'data "terraform_remote_state" "x" {\n  backend = "local"\n}',
      "outside-data",
      "상태",
    ],
    [
      "a provisioner",
      'resource "terraform_data" "x" {\n  provisioner "local-exec" {\n    command = "id"\n  }\n}',
      "provisioner",
      "프로비저너",
    ],
    [
      "a provisioner of something removed",
      'removed {\n  from = terraform_data.x\n  provisioner "local-exec" {\n    command = "id"\n  }\n}',
      "provisioner",
      "프로비저너",
    ],
    [
      "an import block",
      'import {\n  to = aws_vpc.x\n  id = "vpc-1"\n}',
      "import-block",
      "import 블록",
    ],
    [
      "a second configuration of a provider",
      'terraform {\n  required_providers {\n    aws = {\n      source                = "hashicorp/aws"\n      configuration_aliases = [aws.far]\n    }\n  }\n}',
      "provider-alias",
      "여러 개 요구",
    ],
    ["a provider block", 'provider "aws" {}', "own-block", "블록을 빼"],
    ["a backend", 'terraform {\n  backend "local" {}\n}', "own-block", "블록을 빼"],
    ["a cloud block", "terraform {\n  cloud {}\n}", "own-block", "블록을 빼"],
    [
      "a module from a repository",
      'module "m" {\n  source = "git::https://example.org/m.git"\n}',
      "far-source",
      "./ 경로",
    ],
    [
      "a module from the registry",
      'module "m" {\n  source  = "a/b/aws"\n  version = "1.0.0"\n}',
      "far-source",
      "./ 경로",
    ],
    [
      "a module beside this one",
      'module "m" {\n  source = "./../other"\n}',
      "far-source",
      "./ 경로",
    ],
    [
      "a foreign provider",
      'terraform {\n  required_providers {\n    aws = { source = "evil/aws" }\n  }\n}',
      "strange-provider",
      "프로바이더",
    ],
    [
      "a provider that nobody declared",
      'resource "null_resource" "x" {}',
      "strange-provider",
      "프로바이더",
    ],
    [
      "a provider chosen by an argument",
      'resource "terraform_data" "x" {\n  provider = shell.x\n}',
      "strange-provider",
      "프로바이더",
    ],
    [
      "a provider chosen in a check",
      'check "c" {\n  data "aws_vpc" "x" {\n    provider = shell.x\n  }\n}',
      "strange-provider",
      "프로바이더",
    ],
    [
      "an action of a provider that nobody declared",
      'action "local_command" "x" {}',
      "strange-provider",
      "프로바이더",
    ],
    ["nonsensitive", local("nonsensitive(var.secret)"), "reveals", "비밀"],
    ["a template nobody sees", local("templatestring(var.t, {})"), "hidden-template", "템플릿"],
  ])("%s", async (...[, text, code, korean]) => {
    const refused = await verdict(text);

    expect(refused?.code).toBe(code);
    expect(refused?.message).toMatch(/main\.tf:\d+: /);
    expect(refused?.in("ko")).toContain(korean);
    expect(`${refused?.message}${refused?.in("ko")}`).not.toMatch(/\{\w+\}/);
  });
});

describe("a file function outside the module is refused however it is written", () => {
  test.each<[string, string]>([
    ["an absolute path", 'file("/proc/self/environ")'],
    ["another namespace of it", 'core::file("/proc/self/environ")'],
    ["a way up", 'file("${path.module}/../../secret")'],
    ["a name that only begins like the folder", 'file("${path.module}-other/x")'],
    ["a way up that is spelt out", String.raw`file("${"$"}{path.module}/\u002e\u002e/secret")`],
    ["a pattern that climbs spelt out", String.raw`fileset(path.module, "\u002e\u002e/*")`],
    ["a value in the path", 'file("${path.module}/${var.name}")'],
    ["the root folder", 'file("${path.root}/main.tf.json")'],
    ["a hash of a file", 'filesha256("/etc/passwd")'],
    ["a look at a folder", 'fileset("/etc", "*")'],
    ["a pattern that climbs", 'fileset(path.module, "../../*")'],
    ["a template from elsewhere", 'templatefile("/etc/passwd", {})'],
    ["inside a loop", '[for name in var.names : file("/etc/${name}")]'],
    ["path as the variable of a loop", '[for path in var.all : file("${path.module}/x")]'],
    ["in a text", '"a ${file("/etc/passwd")} b"'],
    ["in a heredoc", '<<-EOT\n    %{ if file("/etc/passwd") != "" }yes%{ endif }\n  EOT'],
    ["in a key", '{ (file("/etc/passwd")) = 1 }'],
    ["behind a disguised mark", '"\\u0024${file("/etc/passwd")}"'],
    ["behind a mark that is a value", '"${"$"}${file("/etc/passwd")}"'],
    ["behind a mark beside a real escape", '"\\u0024${file("/etc/passwd")} $${HOME:-/root}"'],
    ["in a disguised condition", '"\\u0025%{ if file("/etc/passwd") != "" }x\\u0025%{ endif }"'],
    ["over several lines", 'file(\n    # here\n    "/etc/passwd"\n  )'],
  ])("%s", async (_, expression) => {
    const refused = await verdict(local(expression));

    expect(refused?.code).toBe("outside-file");
  });

  test("in a template of the module, where no path is the module's own", async () => {
    const refused = await verdict({
      "main.tf": local('templatefile("${path.module}/t.tftpl", {})'),
      "t.tftpl": 'Hello\n${file("/etc/passwd")}\n',
    });

    expect(refused?.message).toContain("t.tftpl:2: file(");
  });

  test("in JSON, where a key that stands twice hides the first from simpler readers", async () => {
    const read = await verdict({ "a.tf.json": '{"locals":{"x":"${file(\\"/etc/passwd\\")}"}}' });
    const twice = await verdict({ "a.tf.json": '{"provider":{"aws":{}},"provider":{}}' });

    expect(read?.code).toBe("outside-file");
    expect(twice?.code).toBe("not-json");
  });

  test("in JSON, what imports or wants a second provider is seen as well", async () => {
    const imports = '{"import":[{"to":"aws_vpc.x","id":"vpc-1"}]}';
    const aliased = '{"aws":{"source":"hashicorp/aws","configuration_aliases":["aws.far"]}}';

    const imported = await verdict({ "a.tf.json": imports });
    const second = await verdict({
      "a.tf.json": `{"terraform":[{"required_providers":[${aliased}]}]}`,
    });

    expect([imported?.code, second?.code]).toEqual(["import-block", "provider-alias"]);
  });

  test("in a module that it calls, and in a file that only OpenTofu reads", async () => {
    const below = await verdict({
      "main.tf": 'module "m" {\n  source = "./sub"\n}',
      "sub/main.tf": local('file("/etc/passwd")'),
    });
    rmSync(join(folder, "sub"), { recursive: true });
    const tofu = await verdict({ "main.tf": "", "x.tofu": local('file("/etc/passwd")') });

    expect(below?.message).toContain("sub/main.tf:2");
    expect(tofu?.message).toContain("x.tofu:2");
  });
});

describe("what is harmless passes", () => {
  test.each<[string, string | Files]>([
    ["a file of the module", local('file("${path.module}/files/a.txt")')],
    ["a look at the module's files", local('fileset("${path.module}/files", "*.txt")')],
    ["a function's name in a text", local('"call file(\\"/etc/passwd\\") or nonsensitive(x)"')],
    ["an escaped template of another tool", local('"$${profile} of %%{ file }"')],
    [
      "a script with defaults of its own",
      local("<<-EOT\n    profile=$(curl -w %%{http_code} x)\n    cd $${HOME:-/root}\n  EOT"),
    ],
    [
      "a script in a template",
      {
        "main.tf": local('templatefile("${path.module}/t.sh", {})'),
        "t.sh": "profile=$(id) $${HOME:-/root}\n",
      },
    ],
    ["a comment", '# file("/etc/passwd")\nlocals {}'],
    [
      "the allowed providers",
      'terraform {\n  required_providers {\n    aws    = { source = "hashicorp/aws" }\n    google = { source = "registry.terraform.io/hashicorp/google" }\n  }\n}\nresource "aws_vpc" "x" {}\nresource "terraform_data" "x" {}',
    ],
    ["a module below", { "main.tf": 'module "m" {\n  source = "./sub"\n}', "sub/main.tf": "" }],
  ])("%s", async (_, files) => {
    expect(await verdict(files)).toBeNull();
  });

  test("a provisioner that module.yaml exempts with consent", async () => {
    const text =
      'resource "terraform_data" "x" {\n  provisioner "local-exec" {\n    command = "id"\n  }\n}';

    expect(await verdict(text, true)).toBeNull();
  });
});

test("a link in the module is refused before anything is read", async () => {
  symlinkSync("/etc/passwd", join(folder, "main.tf"));

  await expect(passGate(folder, { provisioners: false })).rejects.toThrow(
    "main.tf: This is neither",
  );
});

test("a module that is too big to keep with every plan is refused at the start", async () => {
  const many = Array.from({ length: 501 }, (_, at): [string, string] => [`files/${at}.txt`, ""]);

  const byCount = await verdict(Object.fromEntries(many));
  rmSync(join(folder, "files"), { recursive: true });
  const bySize = await verdict({ "files/big.bin": "x".repeat(16 * 1024 * 1024 + 1) });

  expect([byCount?.code, bySize?.code]).toEqual(["too-big", "too-big"]);
  expect(bySize?.in("ko")).toContain("500개 또는 16 MB");
});

test("the catalogue stops the start at the gate", async () => {
  cpSync(FIXTURES, folder, { recursive: true });
  writeFileSync(join(folder, "local_aquarium", "evil.tf"), local('file("/proc/self/environ")'));

  const opened = openCatalogue(folder);

  await expect(opened).rejects.toThrow('evil.tf:2: file("/proc/self/environ") may read a file');
});
