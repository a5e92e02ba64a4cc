/**
 * What holds for every request below /api beside its own business: none is begun while the server ends, and one that took
 * long is on the log. Of its address only the route and well-formed ids are written: people mistype, and paste.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { refusal } from '../../shared/api/errors.ts';
import type { Log } from '../use-cases.ts';
import { type Env, refuse } from './respond.ts';

/** A page asks again after this; the next server is up by then, or somebody has been told. */
const retryAfterSeconds = 10;
export const slowRequestMs = 1_000;

/** Refuses what begins after `stopping`. */
export function refuseWhenStopping(stopping: AbortSignal): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!stopping.aborted) return next();
    c.header('Connection', 'close');
    return refuse(c, refusal('stopping', 'the server is ending', { retryAfterSeconds }));
  };
}

/** Notes requests whose answer took longer than `slowMs` to begin; a stream of events begins at once. */
export function noteSlowRequests(log: Log, slowMs = slowRequestMs): MiddlewareHandler<Env> {
  return async (c, next) => {
    const started = performance.now();
    await next();
    const ms = Math.round(performance.now() - started);
    if (ms >= slowMs) log.warn({ ms, status: c.res.status, ...placeOf(c) }, 'slow request');
  };
}

const idPattern = /^[a-z]{2,8}_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Method, route and ids of a request, for the log. */
export function placeOf(c: Context): { readonly method: string; readonly path: string } {
  const route = matchedRoutes(c).findLast(({ path }) => !path.includes('*'))?.path ?? '*';
  const said = c.req.path.split('/');
  const path = route
    .split('/')
    .map((part, index) => (part.startsWith(':') && idPattern.test(said[index] ?? '') ? said[index] : part))
    .join('/');
  return { method: c.req.method, path };
}
