/** A demo person at work: signed in over HTTP like anybody else, every answer parsed by its contract. */
import { z } from 'zod';
import { errorSchema } from '../../shared/api/errors.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT';

export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

export class Person {
  readonly url: string;
  readonly cookie: string;

  private constructor(url: string, cookie: string) {
    this.url = url;
    this.cookie = cookie;
  }

  /** Somebody who has not signed in; only set-up and sign-in answer him. */
  static stranger(url: string): Person {
    return new Person(url, '');
  }

  static async signIn(url: string, username: string, password: string): Promise<Person> {
    const response = await send(url, '', 'POST', '/api/auth/sign-in/username', { username, password });
    return new Person(url, cookieOf(response));
  }

  /** Sends a request and parses its answer; a refusal is a bug of the demo and throws. */
  async ask<S extends z.ZodType>(method: Method, path: string, answer: S, body?: unknown): Promise<z.output<S>> {
    const response = await send(this.url, this.cookie, method, path, body);
    return answer.parse(await response.json());
  }

  /** Sends a request whose answer nobody needs. */
  async act(method: Method, path: string, body: unknown): Promise<void> {
    await this.ask(method, path, z.unknown(), body);
  }
}

async function send(url: string, cookie: string, method: Method, path: string, body: unknown): Promise<Response> {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', origin: url, ...(cookie === '' ? {} : { cookie }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (response.ok) return response;
  const text = await response.text();
  const refused = errorSchema.safeParse(parseJson(text));
  const why = refused.success ? `${refused.data.error.code}: ${refused.data.error.message}` : text.slice(0, 200);
  throw new DemoRefused(`${method} ${path} answered ${response.status} ${why}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller shows the text itself.
    return undefined;
  }
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
}
