/**
 * The edge of the REST side: bodies and queries in through zod, answers out through zod, refusals and bugs to responses.
 * Every route uses these; nothing else writes an error body.
 */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { type ErrorBody, errorStatus, type Refusal, refusal } from '../../shared/api/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Session } from '../identity/identity.ts';

/** What middleware puts on a request; `session` stands behind `signedIn` (see `guards.ts`). */
export type Env = { Variables: { session: Session } };

/** Answers with a body that has been checked against its contract. */
export function answer<S extends z.ZodType>(
  c: Context,
  schema: S,
  body: z.input<S>,
  status: ContentfulStatusCode = 200,
) {
  return c.json(schema.parse(body), status);
}

/** Answers an expected no. */
export function refuse(c: Context, { code, message, details }: Refusal) {
  const status: ContentfulStatusCode = errorStatus[code];
  const body: ErrorBody = { error: details === undefined ? { code, message } : { code, message, details } };
  if (code === 'account_locked' || code === 'too_many_requests' || code === 'stopping') {
    const seconds = retryAfter(details);
    if (seconds !== undefined) c.header('Retry-After', String(seconds));
  }
  return c.json(body, status);
}

function retryAfter(details: unknown): number | undefined {
  if (typeof details !== 'object' || details === null || !('retryAfterSeconds' in details)) return undefined;
  return typeof details.retryAfterSeconds === 'number' ? details.retryAfterSeconds : undefined;
}

/** The request's JSON body in the schema's shape. */
export async function readBody<S extends z.ZodType>(c: Context, schema: S): Promise<Result<z.output<S>, Refusal>> {
  let json: unknown;
  try {
    json = await c.req.json();
  } catch {
    return err(refusal('invalid_json', 'the body is not valid JSON'));
  }
  return check(schema, json);
}

/** Like `readBody`; no body at all is an empty object. */
export async function readOptionalBody<S extends z.ZodType>(
  c: Context,
  schema: S,
): Promise<Result<z.output<S>, Refusal>> {
  return (await c.req.text()) === '' ? check(schema, {}) : readBody(c, schema);
}

/** The request's query in the schema's shape. */
export function readQuery<S extends z.ZodType>(c: Context, schema: S): Result<z.output<S>, Refusal> {
  return check(schema, c.req.query());
}

/** Any value from outside in the schema's shape; `details` lists the paths that do not fit. */
export function check<S extends z.ZodType>(schema: S, value: unknown): Result<z.output<S>, Refusal> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const { issues } = parsed.error;
  const details = issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  if (issues.every((issue) => issue.code === 'too_big' && issue.origin === 'string')) {
    return err(refusal('text_too_long', 'a text is longer than its contract allows', details));
  }
  return err(refusal('invalid_request', 'the request does not fit its contract', details));
}

/** A path parameter as an id; an ill-formed id names nothing. */
export function readId<S extends z.ZodType>(c: Context, name: string, schema: S): Result<z.output<S>, Refusal> {
  const parsed = schema.safeParse(c.req.param(name));
  return parsed.success ? ok(parsed.data) : err(refusal('not_found', `no such ${name}`));
}
