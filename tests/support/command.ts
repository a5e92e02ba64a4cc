/** One of the product's commands as its own process, as somebody at a console runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const start = join(import.meta.dirname, '../../server/start.mjs');

export type Ran = { readonly code: number | null; readonly lines: readonly string[] };

/** Runs `backup`, `restore`, `drill` …; what it wrote to either stream, line by line. */
export async function command(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [start, name, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(String(chunk)));
  const [code] = await once(child, 'close');
  return { code, lines: output.join('').trim().split('\n') };
}
