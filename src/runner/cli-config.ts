/**
 * Text of Terraform's own configuration file. Providers come from the mirror or not at all: an
 * empty block allows no other way.
 */
export function cliConfig(providersDir: string | null): string {
  const mirror =
    providersDir === null
      ? ""
      : `  filesystem_mirror {\n    path = ${JSON.stringify(providersDir)}\n  }\n`;
  return `provider_installation {\n${mirror}}\n`;
}
