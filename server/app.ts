/**
 * The REST side and the pages as one Hono application. It mounts routers and owns what holds for all of them: headers, body
 * sizes, the pace of writing, and what an unknown path, a failing store or a bug looks like from outside.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { refusal } from '../shared/api/errors.ts';
import { authorshipRoutes } from './http/authorship.ts';
import { checkRoutes } from './http/checks.ts';
import { deskRoutes } from './http/desk.ts';
import { documentRoutes } from './http/documents.ts';
import { eventRoutes } from './http/events.ts';
import { exportRoutes } from './http/export.ts';
import { isStorageFailure } from './http/failures.ts';
import { sameOrigin, signedIn } from './http/guards.ts';
import { healthRoutes, type MetricsReaders, type Vitals } from './http/health.ts';
import { likenessRoutes } from './http/likeness.ts';
import { meetingRoutes } from './http/meetings.ts';
import { openapiRoutes } from './http/openapi.ts';
import { pageRoutes } from './http/pages.ts';
import { proposalRoutes } from './http/proposals.ts';
import { remarkRoutes } from './http/remarks.ts';
import { type Env, refuse } from './http/respond.ts';
import { securityHeaders } from './http/security.ts';
import { noteSlowRequests, placeOf, refuseWhenStopping } from './http/traffic.ts';
import { workRoutes } from './http/work.ts';
import { defaultWriteLimit, limitWrites, type WriteLimit } from './http/write-limit.ts';
import type { Identity } from './identity/identity.ts';
import type { UseCases } from './use-cases.ts';

export type AppDeps = UseCases & {
  readonly identity: Identity;
  readonly exportText: Parameters<typeof exportRoutes>[1];
  /** Further routers below /api: accounts, set-up, audit. */
  readonly routers: readonly Hono<Env>[];
  /** The socket edge, mounted before everything that touches answers. */
  readonly sync?: Hono;
  readonly vitals: () => Vitals;
  /** The numbers for Prometheus, and who may read them; nobody where they are not given. */
  readonly metrics?: () => string;
  readonly metricsReaders?: MetricsReaders;
  /** Aborted when the server ends: nothing is begun any more. */
  readonly stopping?: AbortSignal;
  /** Where the built client is; undefined where only the API is served. */
  readonly pages?: string;
  /** The origin people type, when a proxy asks for another one; https makes the headers stricter. */
  readonly publicUrl?: string | undefined;
  readonly writeLimit?: WriteLimit;
};

/** A request's body: the longest pasted account table and every text a form may send fit in. */
const maxBodyBytes = 1024 * 1024;
const tooLarge = refusal('too_large', `a body has at most ${maxBodyBytes} bytes`);

export function createApp(deps: AppDeps): Hono<Env> {
  const app = new Hono<Env>();
  const stopping = deps.stopping ?? new AbortController().signal;
  if (deps.sync !== undefined) app.route('/', deps.sync);
  app.use(securityHeaders(deps.publicUrl?.startsWith('https:') === true));
  app.use(compress());
  app.onError((error, c) => {
    if (isStorageFailure(error)) {
      deps.log.warn({ err: error, ...placeOf(c) }, 'the store does not answer');
      return refuse(c, refusal('storage_unavailable', 'the database cannot be used at present'));
    }
    deps.log.error({ err: error, ...placeOf(c) }, 'a request failed');
    return refuse(c, refusal('internal', 'an internal error; it has been logged'));
  });
  app.route(
    '/',
    healthRoutes({
      storage: deps.storage,
      vitals: deps.vitals,
      stopping,
      metrics: deps.metrics ?? (() => ''),
      metricsReaders: deps.metricsReaders ?? { token: undefined, behindProxy: true },
    }),
  );
  app.route('/api', apiRoutes(deps, stopping));
  if (deps.pages !== undefined) app.route('/', pageRoutes(deps.pages));
  app.notFound((c) => c.text('not found', 404));
  return app;
}

function apiRoutes(deps: AppDeps, stopping: AbortSignal): Hono<Env> {
  const guard = signedIn(deps.identity);
  const api = new Hono<Env>();
  api.use(async (c, next) => {
    // Answers depend on who asks and when; no browser or proxy keeps them.
    c.header('Cache-Control', 'no-store');
    await next();
  });
  api.use(refuseWhenStopping(stopping));
  api.use(noteSlowRequests(deps.log));
  // Asked before `bodyLimit` opens the body: one that is opened and not read costs its sender the connection.
  api.use(async (c, next) => {
    const declared = Number(c.req.header('content-length') ?? 0);
    return declared > maxBodyBytes ? refuse(c, tooLarge) : next();
  });
  api.use(bodyLimit({ maxSize: maxBodyBytes, onError: (c) => refuse(c, tooLarge) }));
  api.use(sameOrigin(deps.publicUrl));
  api.use(limitWrites(deps.clock, deps.writeLimit ?? defaultWriteLimit));
  for (const router of deps.routers) api.route('/', router);
  api.route('/', meetingRoutes(deps, guard));
  api.route('/', documentRoutes(deps, guard));
  api.route('/', remarkRoutes(deps, guard));
  api.route('/', proposalRoutes(deps, guard));
  api.route('/', checkRoutes(deps, guard));
  api.route('/', exportRoutes(deps, deps.exportText, guard));
  api.route('/', authorshipRoutes(deps, guard));
  api.route('/', likenessRoutes(deps, guard));
  api.route('/', workRoutes(deps, guard));
  api.route('/', deskRoutes(deps, guard));
  api.route('/', eventRoutes({ ...deps, stopping }, deps.identity, guard));
  api.route('/', openapiRoutes());
  api.all('*', (c) => refuse(c, refusal('not_found', 'no such resource')));
  return api;
}
