/** What stands before a route: where a request comes from, who sends it, what he may do before his password is his own. */
import type { MiddlewareHandler } from 'hono';
import { refusal } from '../../shared/api/errors.ts';
import type { Identity } from '../identity/identity.ts';
import { type Env, refuse } from './respond.ts';

/** What somebody with an initial password may still do. */
const openBeforeChange = [
  ['GET', '/api/me'],
  ['POST', '/api/me/password'],
  ['POST', '/api/auth/sign-out'],
] as const;

/** Lets signed-in people through and puts their session on the request. */
export function signedIn(identity: Identity): MiddlewareHandler<Env> {
  return async (c, next) => {
    const session = await identity.who(c.req.raw.headers);
    if (session === undefined) return refuse(c, refusal('signed_out', 'nobody is signed in'));
    const open = openBeforeChange.some(([method, path]) => method === c.req.method && path === c.req.path);
    if (session.person.mustChangePassword && !open) {
      return refuse(c, refusal('password_change_required', 'the initial password must be changed first'));
    }
    c.set('session', session);
    return next();
  };
}

/** Stands behind `signedIn`. */
export const administratorsOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (!c.var.session.person.administrator) return refuse(c, refusal('forbidden', 'for administrators'));
  return next();
};

/**
 * Whether a request comes from one of our own pages. A browser says so in `Origin` (or `Referer`), which must name the host
 * that was asked; what sends neither is not a browser that another site could have used.
 */
export function isSameOrigin(headers: Headers, publicUrl: string | undefined): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin') ?? headers.get('referer');
  if (origin === null) return true;
  try {
    const from = new URL(origin);
    return from.host === headers.get('host') || from.origin === publicUrl;
  } catch {
    // `null` and other things that are no address: a foreign origin.
    return false;
  }
}

const reading = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses state-changing requests from elsewhere. */
export function sameOrigin(publicUrl: string | undefined): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!reading.includes(c.req.method) && !isSameOrigin(c.req.raw.headers, publicUrl)) {
      return refuse(c, refusal('foreign_origin', 'the request comes from another site'));
    }
    return next();
  };
}
