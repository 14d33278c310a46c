import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Modules that exist nowhere else: whatever the rules understand of them, they read it from the
 * folder. Two clouds offer a teapot; only one of the teapots needs a kiln.
 */
export async function dropTeapots(folder: string): Promise<void> {
  await drop(folder, {
    name: "aws_teapot",
    aliases: { en: ["teapot", "tea pot"], ko: ["찻주전자", "주전자"] },
    title: { en: "Amazonian teapot", ko: "아마존 찻주전자" },
    kiln: "",
  });
  await drop(folder, {
    name: "gcp_teapot",
    aliases: { en: ["teapot", "brewer"], ko: ["찻주전자", "우림기"] },
    title: { en: "Googly teapot", ko: "구글 찻주전자" },
    kiln: `
variable "kiln" {
  type        = string
  description = "Kiln that fires it."
}
`,
  });
}

type Teapot = {
  readonly name: string;
  readonly aliases: { readonly en: readonly string[]; readonly ko: readonly string[] };
  readonly title: { readonly en: string; readonly ko: string };
  readonly kiln: string;
};

async function drop(folder: string, teapot: Teapot): Promise<void> {
  const at = join(folder, teapot.name);
  await mkdir(at, { recursive: true });
  await writeFile(join(at, "variables.tf"), VARIABLES + teapot.kiln);
  await writeFile(
    join(at, "versions.tf"),
    'terraform {\n  required_version = ">= 1.11.0, < 2.0.0"\n}\n',
  );
  await writeFile(
    join(at, "main.tf"),
    'resource "terraform_data" "pot" {\n  input = var.name\n}\n',
  );
  await writeFile(
    join(at, "outputs.tf"),
    'output "pot" {\n  description = "The pot."\n  value       = terraform_data.pot.output\n}\n',
  );
  await writeFile(join(at, "module.yaml"), JSON.stringify(yamlOf(teapot)));
}

function yamlOf({ name, aliases, title, kiln }: Teapot): object {
  const hasKiln = kiln !== "";
  return {
    format_version: 1,
    name,
    version: "1.0.0",
    cloud: name.slice(0, 3),
    category: "compute",
    status: "stable",
    title,
    summary: { en: "It brews.", ko: "차를 우립니다." },
    aliases,
    owners: ["platform"],
    environments: { allowed: ["dev", "stg", "prod"] },
    form: {
      order: ["name", "spouts", "glaze", "lid", ...(hasKiln ? ["kiln"] : [])],
      labels: {
        name: { en: "Name", ko: "이름" },
        spouts: { en: "Spouts", ko: "주둥이" },
        glaze: { en: "Glaze", ko: "유약" },
        lid: { en: "Lid", ko: "뚜껑" },
        ...(hasKiln ? { kiln: { en: "Kiln", ko: "가마" } } : {}),
      },
      choices: {
        glaze: {
          celadon: { en: "Celadon", ko: "청자", aliases: ["jade"] },
          white: { en: "Porcelain", ko: "백자" },
        },
      },
    },
    outputs_summary: ["pot"],
  };
}

const VARIABLES = `
variable "name" {
  type        = string
  description = "Name of the pot."
  nullable    = false
}

variable "spouts" {
  type        = number
  description = "How many spouts it has."
  default     = 1
  nullable    = false
}

variable "glaze" {
  type        = string
  description = "Glaze of the pot."
  default     = "white"
  nullable    = false

  validation {
    condition     = contains(["celadon", "white"], var.glaze)
    error_message = "The glaze is celadon or white."
  }
}

variable "lid" {
  type        = bool
  description = "Whether it has a lid."
  default     = true
  nullable    = false
}
`;
