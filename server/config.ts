/**
 * The configuration, and the only reader of the environment. Every variable has a default that works; a value that cannot
 * be meant is answered with a sentence that names the variable, what it says and what it may say; a secret is never repeated.
 * docs/operation.md lists them all.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../shared/result.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export type Config = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Absolute. Everything the product keeps is in here. */
  readonly dataDir: string;
  /** The origin people type, when it is not http on host and port: https makes cookies secure. No slash at its end. */
  readonly publicUrl: string | undefined;
  /** Whether `X-Forwarded-For` is believed, for the address in the audit log and for rate limits. */
  readonly trustProxy: boolean;
  readonly logLevel: LogLevel;
  /** Absolute. The office's own fonts, which win over the bundled ones. */
  readonly fontsDir: string | undefined;
  /** After how many hours without a visit a session ends. */
  readonly sessionHours: number;
  /** Who sends it may read `/metrics` from anywhere; without it only this machine may. */
  readonly metricsToken: string | undefined;
  /** Absolute. Where a backup without a name goes, and where a drill looks for the newest. */
  readonly backupDir: string | undefined;
  /** So many backups stay in there. */
  readonly backupKeep: number;
};

export type Environment = Readonly<Record<string, string | undefined>>;

const yes = ['1', 'true', 'yes', 'on'] as const;
const no = ['0', 'false', 'no', 'off'] as const;

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

const flag = z
  .string()
  .toLowerCase()
  .pipe(z.enum([...yes, ...no]))
  .transform((word) => yes.some((candidate) => candidate === word));

const origin = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine((url) => url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '')
  .transform((url) => url.origin);

const directory = z.string().transform((path) => resolve(path));

const schema = z.object({
  PORT: whole(0, 65535).default(8000),
  HOST: z.string().regex(/^\S+$/).default('0.0.0.0'),
  DATA_DIR: directory.default(resolve('./data')),
  PUBLIC_URL: origin.optional(),
  TRUST_PROXY: flag.default(false),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  FONTS_DIR: directory.optional(),
  SESSION_HOURS: whole(1, 720).default(12),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/)
    .optional(),
  BACKUP_DIR: directory.optional(),
  BACKUP_KEEP: whole(1, 9999).default(14),
});

export type VariableName = keyof typeof schema.shape;
/** Every variable that is read. */
export const variableNames: readonly VariableName[] = schema.keyof().options;

/** Never shown, not even when it is wrong. */
const secrets: readonly VariableName[] = ['METRICS_TOKEN'];

/** What each variable may say, in both languages. */
const expected: Readonly<Record<VariableName, readonly [zh: string, en: string]>> = {
  PORT: ['0 到 65535 的整数', 'a whole number from 0 to 65535'],
  HOST: ['本机的一个地址，例如 0.0.0.0', 'an address of this machine such as 0.0.0.0'],
  DATA_DIR: ['一个目录', 'a directory'],
  PUBLIC_URL: [
    '不带路径的网址，例如 https://duizhao.example',
    'an address without a path such as https://duizhao.example',
  ],
  TRUST_PROXY: ['true 或 false', 'true or false'],
  LOG_LEVEL: [logLevels.join('、'), `one of ${logLevels.join(', ')}`],
  FONTS_DIR: ['一个目录', 'a directory'],
  SESSION_HOURS: ['1 到 720 的整数', 'a whole number from 1 to 720'],
  METRICS_TOKEN: ['16 到 200 个不含空格的 ASCII 字符', '16 to 200 ASCII characters without spaces'],
  BACKUP_DIR: ['一个目录', 'a directory'],
  BACKUP_KEEP: ['1 到 9999 的整数', 'a whole number from 1 to 9999'],
};

/** Reads the configuration; the error holds one sentence for each variable that is wrong. An empty value is no value. */
export function readConfig(environment: Environment): Result<Config, readonly string[]> {
  const given = Object.fromEntries(
    variableNames
      .map((name) => [name, environment[name]?.trim()])
      .filter(([, text]) => text !== undefined && text !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const wrong = variableNames.filter((name) => parsed.error.issues.some((issue) => issue.path[0] === name));
    return err(wrong.map((name) => sentence(name, environment[name]?.trim() ?? '')));
  }
  const values = parsed.data;
  return ok({
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    publicUrl: values.PUBLIC_URL,
    trustProxy: values.TRUST_PROXY,
    logLevel: values.LOG_LEVEL,
    fontsDir: values.FONTS_DIR,
    sessionHours: values.SESSION_HOURS,
    metricsToken: values.METRICS_TOKEN,
    backupDir: values.BACKUP_DIR,
    backupKeep: values.BACKUP_KEEP,
  });
}

/** The configuration of this process. */
export function configFromProcess(): Result<Config, readonly string[]> {
  return readConfig(process.env);
}

function sentence(name: VariableName, text: string): string {
  const [zh, en] = expected[name];
  if (secrets.includes(name)) return `环境变量 ${name} 应为：${zh}。${name} must be ${en}.`;
  return `环境变量 ${name} 应为：${zh}；现为“${text}”。${name} must be ${en}, but is “${text}”.`;
}
