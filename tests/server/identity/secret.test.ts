/** The secret that signs cookies. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSecret } from '../../../server/identity/secret.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'duizhao-secret-'));
});

afterEach(() => rm(directory, { recursive: true }));

test('is made once, also when asked for twice at the same time, and for its owner only', async () => {
  const dataDir = join(directory, 'data');
  const first = await readSecret(dataDir);
  expect(first).toMatch(/^[\w-]{64}$/);
  expect(await Promise.all([readSecret(dataDir), readSecret(dataDir)])).toEqual([first, first]);
  expect((await stat(join(dataDir, 'session-secret'))).mode & 0o777).toBe(0o600);
});

test('is another one in another directory', async () => {
  expect(await readSecret(join(directory, 'a'))).not.toBe(await readSecret(join(directory, 'b')));
});

test('that is damaged stops the start instead of being used', async () => {
  await writeFile(join(directory, 'session-secret'), 'short');
  await expect(readSecret(directory)).rejects.toThrow(/damaged/);
});
