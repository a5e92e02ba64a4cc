/** What went wrong underneath, told apart by facts and not by texts: a store that cannot work now, or a bug. */

/** SQLite's primary result codes that mean "not now": busy, locked, read-only, I/O error, full, cannot open. */
const storeCodes: ReadonlySet<number> = new Set([5, 6, 8, 10, 13, 14]);
const deepestCause = 8;

/** Whether an error, or one it was caused by, says that the store cannot take or give data at present. */
export function isStorageFailure(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < deepestCause && typeof current === 'object' && current !== null; depth += 1) {
    if (isSqliteFailure(current)) return true;
    current = 'cause' in current ? current.cause : undefined;
  }
  return false;
}

function isSqliteFailure(error: object): boolean {
  if (!('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return false;
  // The low byte of SQLite's extended code is the primary one.
  return 'errcode' in error && typeof error.errcode === 'number' && storeCodes.has(error.errcode & 0xff);
}
