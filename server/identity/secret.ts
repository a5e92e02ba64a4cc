/** The secret that signs session cookies: made once, kept beside the data, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const leastLength = 32;

/** The secret of this data directory; the first call makes it. */
export async function readSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'session-secret');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    // `wx` writes only where nothing is: an existing secret is never replaced.
    await writeFile(path, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!isExisting(error)) throw error;
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < leastLength)
    throw new Error(`the session secret in ${path} is damaged; remove it to get a new one`);
  return secret;
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
