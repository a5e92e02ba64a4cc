/**
 * For those who run the product: is it well, may it have requests, and its numbers for Prometheus. `/healthz` is red while
 * accepted words cannot be stored, `/readyz` whenever requests should go elsewhere or wait.
 */
import { timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import type { Storage } from '../storage/storage.ts';

/** What the rest of the process tells about itself. */
export type Vitals = {
  /** Rooms with accepted updates that are not in the database. */
  readonly unsaved: number;
  /** Whether the last save failed. */
  readonly failing: boolean;
};

/** Who may read the numbers. */
export type MetricsReaders = {
  /** Who sends it as a bearer token may, from anywhere. */
  readonly token: string | undefined;
  /** Whether a proxy passes requests on: then everybody seems to sit at this machine, and only the token counts. */
  readonly behindProxy: boolean;
};

export type HealthDeps = {
  readonly storage: Storage;
  readonly vitals: () => Vitals;
  /** Aborted once the server ends. */
  readonly stopping: AbortSignal;
  /** The numbers in Prometheus' text form. */
  readonly metrics: () => string;
  readonly metricsReaders: MetricsReaders;
};

export function healthRoutes({ storage, vitals, stopping, metrics, metricsReaders }: HealthDeps): Hono {
  return new Hono()
    .get('/healthz', (c) => {
      const { failing, unsaved } = vitals();
      return c.json({ status: failing ? 'failing' : 'ok', unsaved }, failing ? 503 : 200);
    })
    .get('/readyz', async (c) => {
      if (stopping.aborted) return c.json({ status: 'stopping' }, 503);
      if (vitals().failing) return c.json({ status: 'saving_fails' }, 503);
      try {
        await storage.probe();
        return c.json({ status: 'ready' });
      } catch {
        // Locked, full or read-only: the probe's purpose is to find that out.
        return c.json({ status: 'storage_unavailable' }, 503);
      }
    })
    .get('/metrics', (c) => {
      if (!mayRead(c, metricsReaders)) return c.text('for this machine, or with METRICS_TOKEN\n', 403);
      return c.text(metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    });
}

function mayRead(c: Context, { token, behindProxy }: MetricsReaders): boolean {
  if (token !== undefined) return isSame(c.req.header('authorization') ?? '', `Bearer ${token}`);
  return !behindProxy && isFromHere(c);
}

/**
 * Asked by this machine itself under a name of its own. A proxy gives itself away by what it adds, or by the host it passes
 * on; one that hides even that needs PUBLIC_URL, or no page could write, and so counts as a proxy.
 */
function isFromHere(c: Context): boolean {
  const passedOn = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];
  if (passedOn.some((name) => c.req.header(name) !== undefined)) return false;
  if (!/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(c.req.header('host') ?? '')) return false;
  // Without a socket nobody knows who asks.
  const address = c.env?.incoming === undefined ? undefined : getConnInfo(c).remote.address;
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/.test(address);
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
