/**
 * The log: JSON lines on stderr that say who and what by ids, never a text, a name or a password. What an error's message
 * says may quote what somebody typed (a JSON parser's, a schema's), so of an error only its kind, its code and where it
 * was thrown are written; the messages of SQLite and of the operating system, which quote nothing, are kept.
 */
import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';

export type LoggedError = {
  readonly type: string;
  readonly code?: string | number;
  /** SQLite's extended result code: 5 busy, 8 read-only, 13 full … */
  readonly errcode?: number;
  readonly message?: string;
  /** What did not fit a schema: where and how, never the value. */
  readonly issues?: readonly string[];
  readonly at?: readonly string[];
  readonly cause?: LoggedError;
};

/** A log at this level on stderr, or on another stream. */
export function createLog(level: LevelWithSilent, stream?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => describeError(error) },
      hooks: {
        logMethod(args, method) {
          // An error alone would become the line's message.
          const first: unknown = args[0];
          if (first instanceof Error) method.apply(this, [{ err: first }, 'an error']);
          else method.apply(this, args);
        },
      },
    },
    stream ?? pino.destination({ dest: 2, sync: true }),
  );
}

const deepestCause = 4;
const mostFrames = 12;
const mostIssues = 8;

/** What may be written of an error, however it came about. */
export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: error === null ? 'null' : typeof error };
  const { code, errcode, issues, cause } = facts(error);
  const at = frames(error);
  return {
    type: plainWord(error.name) ?? 'Error',
    ...(typeof code === 'number' || plainWord(code) !== undefined ? { code: code as string | number } : {}),
    ...(typeof errcode === 'number' ? { errcode } : {}),
    ...(quotesNothing(error) ? { message: error.message } : {}),
    ...(Array.isArray(issues) ? { issues: issues.slice(0, mostIssues).map(describeIssue) } : {}),
    ...(at.length > 0 ? { at } : {}),
    ...(cause !== undefined && depth < deepestCause ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

type Facts = Readonly<Partial<Record<'code' | 'errcode' | 'issues' | 'cause' | 'syscall', unknown>>>;

function facts(error: Error): Facts {
  return error as Facts; // every field is looked at before it is used
}

/** SQLite speaks of tables and columns, the operating system of calls and paths of our own. */
function quotesNothing(error: Error): boolean {
  const { code, syscall } = facts(error);
  return code === 'ERR_SQLITE_ERROR' || typeof syscall === 'string';
}

/** Where it was thrown, without the message that stands before it. */
function frames({ stack = '' }: Error): readonly string[] {
  return stack
    .split('\n')
    .filter((line) => /^ {4}at .*(?:\/|node:)[^()]*:\d+:\d+\)?$/.test(line))
    .slice(0, mostFrames)
    .map((line) => line.trim().replace(/^at /, ''));
}

function describeIssue(issue: unknown): string {
  const { code, path } = (typeof issue === 'object' && issue !== null ? issue : {}) as Readonly<
    Record<string, unknown>
  >;
  const steps = Array.isArray(path)
    ? path.map((step) => (typeof step === 'number' ? step : (plainWord(step) ?? '?')))
    : [];
  return `${steps.join('.')}: ${plainWord(code) ?? '?'}`;
}

/** Names that programmers give; anything else may be somebody's word. */
function plainWord(word: unknown): string | undefined {
  return typeof word === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,40}$/.test(word) ? word : undefined;
}
