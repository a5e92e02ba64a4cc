/** Files that are whole or not there: written under another name, forced to the disk, and only then given their own. */
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Forces a file or a directory's list of names to the disk. */
export function force(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** An empty file for its owner only. Throws when something of that name is there. */
export function createEmpty(path: string): void {
  closeSync(openSync(path, 'wx', 0o600));
}

/** Gives a finished file its name for good, in the same directory. Throws `EEXIST` rather than replacing anything. */
export function publish(part: string, path: string): void {
  force(part);
  try {
    linkSync(part, path);
    rmSync(part);
  } catch (error) {
    // Some file systems know no second name for a file.
    if (existsSync(path) || !knowsNoLinks(error)) throw error;
    renameSync(part, path);
  }
  force(dirname(path));
}

function knowsNoLinks(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code);
}
