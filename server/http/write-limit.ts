/** How fast one session may write: a bucket of permits that refills with time. It keeps a runaway page from the others. */
import type { MiddlewareHandler } from 'hono';
import { refusal } from '../../shared/api/errors.ts';
import type { Clock } from '../clock.ts';
import { type Env, refuse } from './respond.ts';

export type WriteLimit = { readonly burst: number; readonly perSecond: number };
export const defaultWriteLimit: WriteLimit = { burst: 120, perSecond: 4 };

type Bucket = { permits: number; at: number };

const writing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const mostBuckets = 10_000;

/**
 * Buckets are kept by cookie. A false one gets nowhere behind this; who has none is not held up here, or strangers could keep
 * everybody from signing in: sign-in and set-up have limits of their own.
 */
export function limitWrites(clock: Clock, { burst, perSecond }: WriteLimit): MiddlewareHandler<Env> {
  const buckets = new Map<string, Bucket>();
  return async (c, next) => {
    const key = c.req.header('cookie') ?? '';
    if (key === '' || !writing.has(c.req.method)) return next();
    const bucket = refill(buckets.get(key), clock.now(), burst, perSecond);
    forget(buckets, clock.now(), burst, perSecond);
    buckets.set(key, bucket);
    if (bucket.permits < 1) {
      const retryAfterSeconds = Math.ceil((1 - bucket.permits) / perSecond);
      return refuse(c, refusal('too_many_requests', 'too many changes at once', { retryAfterSeconds }));
    }
    bucket.permits -= 1;
    return next();
  };
}

function refill(bucket: Bucket | undefined, now: number, burst: number, perSecond: number): Bucket {
  if (bucket === undefined) return { permits: burst, at: now };
  const permits = Math.min(burst, bucket.permits + (Math.max(0, now - bucket.at) / 1000) * perSecond);
  return { permits, at: now };
}

/** Full buckets need no memory; when there are too many, all that have had time to refill go. */
function forget(buckets: Map<string, Bucket>, now: number, burst: number, perSecond: number): void {
  if (buckets.size < mostBuckets) return;
  const refillMs = (burst / perSecond) * 1000;
  for (const [key, { at }] of buckets) if (now - at >= refillMs) buckets.delete(key);
  if (buckets.size >= mostBuckets) buckets.clear();
}
