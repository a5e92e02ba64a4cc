/** Finds the Chromium that browser tests drive: `CHROMIUM`, or one of the usual names on the PATH. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** What a Chromium without a desktop, a sandbox of its own or the outside world is started with. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
];

/** The program `name` on the PATH. */
export function findProgram(name: string): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'] ?? '';
  if (named !== '') return isExecutable(named) ? named : undefined;
  for (const name of names) {
    const found = findProgram(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The path to give playwright-core as `executablePath`. */
export function chromium(): string {
  const found = findChromium();
  if (found === undefined) throw new Error('no Chromium: run “node scripts/ensure-chromium.mjs” to see what to do');
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not for us to run: not this one.
    return false;
  }
}
