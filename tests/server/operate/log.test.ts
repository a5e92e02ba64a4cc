/** The log says who and what by ids: whatever an error quotes of somebody's words stays out of it. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createLog, describeError } from '../../../server/log.ts';

const secret = '谁也不该读到的话';

/** What a log writes of this. */
function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('trace', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('an error in the log', () => {
  test.each<readonly [what: string, error: unknown]>([
    ['a JSON parser quotes its input', thrownBy(() => JSON.parse(`${secret} is no JSON`))],
    [
      'a schema names what it got',
      thrownBy(() => z.object({ word: z.literal('a') }).parse({ word: secret, [secret]: 1 })),
    ],
    ['a key is somebody’s word', thrownBy(() => z.record(z.string(), z.number()).parse({ [secret]: 'x' }))],
    ['its message is a word', new Error(`no such thing: ${secret}`)],
    ['its cause quotes', new Error('outside', { cause: new Error(secret) })],
    ['its name is a word', Object.assign(new Error('x'), { name: secret })],
    ['its code is a word', Object.assign(new Error('x'), { code: secret })],
    ['it carries the parameters of a statement', Object.assign(new Error('x'), { parameters: [secret], sql: secret })],
    ['it has lines like a stack’s', new Error(`x\n    at ${secret} (nowhere)`)],
    ['it is no error', secret],
    ['it is an object', { secret }],
  ])('does not repeat what it quotes when %s', (_what, error) => {
    expect(written((log) => log.error({ err: error }, 'failed'))).not.toContain(secret);
    if (error instanceof Error) expect(written((log) => log.error(error))).not.toContain(secret);
  });

  test('says its kind, its code, where it was thrown and what caused it', () => {
    const error = new Error('outside', { cause: Object.assign(new TypeError('inside'), { code: 'ERR_INSIDE' }) });
    const line = JSON.parse(written((log) => log.error({ err: error }, 'failed')));
    expect(line).toMatchObject({
      level: 'error',
      msg: 'failed',
      err: { type: 'Error', cause: { type: 'TypeError', code: 'ERR_INSIDE' } },
    });
    expect(line.err.at[0]).toContain('log.test.ts');
  });

  test('keeps the messages of SQLite and of the operating system', () => {
    const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    expect(describeError(full)).toMatchObject({
      code: 'ERR_SQLITE_ERROR',
      errcode: 13,
      message: 'database or disk is full',
    });
    const gone = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', syscall: 'open' });
    expect(describeError(gone)).toMatchObject({ message: 'ENOENT: no such file' });
  });

  test('says where a schema did not fit', () => {
    const error = thrownBy(() => z.object({ facts: z.array(z.number()) }).parse({ facts: [1, secret] }));
    expect(describeError(error).issues).toEqual(['facts.1: invalid_type']);
  });
});
