/** The list of routes is the truth: what is mounted is on it, and what is on it is mounted. */
import { expect, test } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { recordAudit } from '../../../server/audit/record-audit.ts';
import { Changes } from '../../../server/changes.ts';
import { createExportText } from '../../../server/export/export-text.ts';
import { Hand } from '../../../server/hand/hand.ts';
import { accountRoutes } from '../../../server/http/accounts.ts';
import { auditRoutes } from '../../../server/http/audit.ts';
import { endpoints } from '../../../server/http/endpoints.ts';
import { openapiDocument } from '../../../server/http/openapi.ts';
import { setupRoutes } from '../../../server/http/setup.ts';
import { createIdentity } from '../../../server/identity/better-auth.ts';
import { createIds } from '../../../server/ids.ts';
import { Likeness } from '../../../server/likeness/likeness.ts';
import { roomFacts } from '../../../server/proposals/room-facts.ts';
import { Registry } from '../../../server/rooms/registry.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import type { UseCases } from '../../../server/use-cases.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** The whole application, as `main.ts` puts it together. */
async function wholeApp() {
  const clock = new FakeClock();
  const newId = createIds(clock);
  const storage = await openSqliteStorage({ path: ':memory:', clock });
  const nothing = () => undefined;
  const rooms = new Registry({ journal: storage.journal, clock, facts: roomFacts(storage), onTrouble: nothing });
  const tools: UseCases = {
    storage,
    rooms,
    clock,
    newId,
    changes: new Changes(),
    log: { info: nothing, warn: nothing, error: nothing },
    hand: new Hand({ journal: storage.journal }),
    likeness: new Likeness({ storage, rooms, clock }),
    record: (records, act) => recordAudit(records, act, { clock, newId }),
  };
  const identity = createIdentity({ storage, clock, newId, secret: 'x'.repeat(32), secure: false });
  const people = { ...tools, identity, trustProxy: false };
  return createApp({
    ...tools,
    identity,
    exportText: createExportText(),
    routers: [setupRoutes({ ...people, setupCode: undefined }), accountRoutes(people), auditRoutes(people)],
    vitals: () => ({ ...rooms.status(), eventStreams: 0 }),
  });
}

test('every mounted route of the API is on the list, and every route on the list is mounted', async () => {
  const app = await wholeApp();
  const mounted = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const listed = endpoints.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(mounted)].sort()).toEqual([...listed].sort());
});

test('every listed route that is not open asks for a session', async () => {
  const app = await wholeApp();
  for (const { method, path, open } of endpoints) {
    if (open === true) continue;
    const response = await app.request(path.replace(/\{\w+\}/g, 'x'), {
      method: method.toUpperCase(),
      ...(method === 'get' ? {} : { body: '{}' }),
    });
    expect([path, response.status]).toEqual([path, 401]);
  }
});

test('the OpenAPI document is served and describes bodies, queries and answers', async () => {
  const app = await wholeApp();
  const served = await (await app.request('/api/openapi.json')).json();
  expect(served).toEqual(JSON.parse(JSON.stringify(openapiDocument())));
  const approve = served.paths['/api/documents/{document}/approve'].post;
  expect(approve.requestBody.content['application/json'].schema).toMatchObject({
    type: 'object',
    properties: { versionId: { type: 'string' } },
    required: ['versionId'],
  });
  expect(approve.parameters).toEqual([{ name: 'document', in: 'path', required: true, schema: { type: 'string' } }]);
  const query = served.paths['/api/documents/{document}/export'].get.parameters.slice(1);
  expect(query.map(({ name, required }: { name: string; required: boolean }) => [name, required])).toEqual([
    ['as', false],
    ['format', true],
    ['version', false],
  ]);
});
