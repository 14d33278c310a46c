import crypto from "node:crypto";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

const TOKEN_BYTES = 32;

/**
 * Loaded in front of the program: notes all random values of the length of a token, so that a test
 * can tell the tokens of runs, of which the product keeps hashes only.
 */
function install(file: string): void {
  const { randomBytes } = crypto;
  Reflect.set(crypto, "randomBytes", (size: number, ...rest: unknown[]): unknown => {
    const drawn: unknown = Reflect.apply(randomBytes, crypto, [size, ...rest]);
    if (size === TOKEN_BYTES && Buffer.isBuffer(drawn)) {
      fs.appendFileSync(file, `${drawn.toString("base64url")}\n`, { mode: 0o600 });
    }
    return drawn;
  });
  syncBuiltinESMExports();
}

const { DRAWN_TOKENS: file } = process.env;
if (isMainThread && file !== undefined) {
  install(file);
}
