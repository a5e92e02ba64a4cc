/** The secret that signs session cookies: made once, kept beside the data, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const leastLength = 32;

/** There is no secret to start with; the message is one sentence for the person who started the server. */
export class NoSecret extends Error {
  override readonly name = 'NoSecret';
}

/** The secret of this data directory; the first call makes it. Throws `NoSecret`. */
export async function readSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'session-secret');
  let secret: string;
  try {
    secret = await readOrMake(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoSecret(`cannot read the session secret: ${why}`, { cause: error });
  }
  if (secret.length < leastLength) {
    throw new NoSecret(`the session secret in ${path} is damaged; remove it to get a new one`);
  }
  return secret;
}

async function readOrMake(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    // `wx` writes only where nothing is: an existing secret is never replaced.
    await writeFile(path, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!isExisting(error)) throw error;
  }
  return (await readFile(path, 'utf8')).trim();
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
