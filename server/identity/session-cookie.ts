/**
 * Reads the session cookie that better-auth signs (HMAC-SHA256 over the token, as base64). Its own reading goes through
 * WebCrypto and a dozen promises; every request and every socket pays for it, so it is done here, with the same outcome.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export class SessionCookie {
  readonly #name: string;
  readonly #secret: string;

  constructor(name: string, secret: string) {
    this.#name = name;
    this.#secret = secret;
  }

  /** The session token in a `Cookie` header, when it is there and signed with our secret. The first of a name counts. */
  tokenIn(header: string): string | undefined {
    for (const pair of header.split(';')) {
      const at = pair.indexOf('=');
      if (at > 0 && pair.slice(0, at).trim() === this.#name) return this.#open(decode(pair.slice(at + 1).trim()));
    }
    return undefined;
  }

  /** A `Cookie` header with our signature under this token. */
  headerFor(token: string): string {
    return `${this.#name}=${encodeURIComponent(`${token}.${this.#sign(token)}`)}`;
  }

  #open(signed: string): string | undefined {
    const end = signed.lastIndexOf('.');
    if (end < 1) return undefined;
    const token = signed.slice(0, end);
    const given = Buffer.from(signed.slice(end + 1));
    const right = Buffer.from(this.#sign(token));
    return given.length === right.length && timingSafeEqual(given, right) ? token : undefined;
  }

  #sign(token: string): string {
    return createHmac('sha256', this.#secret).update(token).digest('base64');
  }
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Half an escape is nothing that better-auth wrote; as it stands its signature fits no better.
    return value;
  }
}
