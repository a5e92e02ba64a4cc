/**
 * The one door to the server's REST side: answers are parsed by their contract, refusals become `ApiError` with their code.
 * A 401 is announced once to `onSignedOut`, so the page can ask for the password without leaving the text.
 */
import type { z } from 'zod';
import { errorSchema } from '../../shared/api/errors.ts';

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(code: string, status: number, message: string, details: unknown) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/**
 * The code of a failed request; `offline` when the server was not reached, `mismatch` when its answer is not the one this
 * page knows: one of the two is older than the other.
 */
export function errorCodeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : 'offline';
}

const listeners = new Set<() => void>();

/** Hears that the session has ended, until the returned function is called. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function announceSignedOut(): void {
  for (const listener of listeners) listener();
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The body, or undefined when it is no JSON; throws `TypeError` when the line breaks on the way. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Sends a request and parses its answer. Throws `ApiError`, or `TypeError` when the server was not reached. */
export async function request<S extends z.ZodType>(
  method: Method,
  path: string,
  answer: S,
  body?: unknown,
): Promise<z.output<S>> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!response.ok) throw await refused(response);
  const parsed = answer.safeParse(await readJson(response));
  if (parsed.success) return parsed.data;
  throw new ApiError('mismatch', response.status, `${method} ${path}: ${parsed.error.message}`, undefined);
}

/** What an answer that is not a yes says; a 401 is announced. */
export async function refused(response: Response): Promise<ApiError> {
  const parsed = errorSchema.safeParse(await response.json().catch(() => undefined));
  const error = parsed.success
    ? parsed.data.error
    : { code: 'internal', message: `HTTP ${response.status}`, details: undefined };
  if (error.code === 'signed_out') announceSignedOut();
  return new ApiError(error.code, response.status, error.message, error.details);
}
