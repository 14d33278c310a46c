import { isForOperators } from "#compose/for-operators.ts";

/** What stands in the way of a command; its message is the whole sentence for whoever called it. */
export class Told extends Error {}

/**
 * Runs a command and sets the exit code that it answers. What an operator can mend is told in one
 * sentence and exits 1; anything else is shown whole.
 */
export async function runCommand(command: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    const isSentence = error instanceof Told || isForOperators(error);
    console.error(isSentence ? error.message : error);
    process.exitCode = 1;
  }
}
