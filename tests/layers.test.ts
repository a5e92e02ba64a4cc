/**
 * Who may import whom, as a table. `client → shared ← server`; shared is pure; inside the server everything above a line of
 * ports, and only `main.ts` (with the demo, which starts it) and the audit check know everyone. A new folder has no row until
 * somebody decides.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { filesBelow, importsOf, withoutComments } from './support/sources.ts';

const sharedFolders = [
  'document',
  'template',
  'access',
  'protocol',
  'api',
  'official',
  'compare',
  'proposals',
  'checks',
  'hand',
  'likeness',
].map((f) => `shared/${f}`);
const sharedRoots = ['shared/ids.ts', 'shared/result.ts'];
const shared = [...sharedRoots, ...sharedFolders];

/** The ports and small parts of the server that everything in it may use. */
const serverRoots = [
  'server/clock.ts',
  'server/ids.ts',
  'server/log.ts',
  'server/changes.ts',
  'server/use-cases.ts',
  'server/storage',
];

const everyone = 'everyone';

const mayImport: Readonly<Record<string, readonly string[] | typeof everyone>> = {
  'shared/ids.ts': [],
  'shared/result.ts': [],
  'shared/document': [...sharedRoots, 'shared/template'],
  'shared/template': ['shared/document'],
  'shared/access': [...sharedRoots, 'shared/document', 'shared/protocol'],
  'shared/protocol': sharedRoots,
  'shared/api': [
    ...sharedRoots,
    'shared/document',
    'shared/template',
    'shared/access',
    'shared/checks',
    'shared/hand',
    'shared/likeness',
  ],
  'shared/hand': [...sharedRoots, 'shared/document'],
  'shared/official': ['shared/document', 'shared/template'],
  'shared/compare': ['shared/document', 'shared/api'],
  'shared/proposals': ['shared/document', 'shared/api', 'shared/compare'],
  'shared/checks': ['shared/document', 'shared/template', 'shared/likeness'],
  'shared/likeness': [],

  'server/clock.ts': [],
  'server/ids.ts': ['server/clock.ts', ...shared],
  'server/log.ts': [],
  'server/changes.ts': shared,
  'server/config.ts': ['shared/result.ts'],
  'server/use-cases.ts': [...serverRoots, 'server/hand', 'server/likeness', 'server/rooms', ...shared],
  // The engine knows the journal alone; its view asks about documents as every use case does.
  'server/hand': [...serverRoots, 'server/documents', 'server/meetings', ...shared],
  'server/storage': shared,
  'server/storage/memory': ['server/storage', 'server/clock.ts', ...shared],
  'server/storage/sqlite': ['server/storage', 'server/clock.ts', ...shared],
  'server/rooms': [...serverRoots, ...shared],
  'server/audit': [...serverRoots, ...shared],
  'server/identity': [...serverRoots, ...shared],
  'server/accounts': [...serverRoots, 'server/audit', 'server/identity', 'server/rooms', ...shared],
  // The two nouns of the use cases know each other's facts; no two files import each other (Biome's noImportCycles).
  'server/meetings': [...serverRoots, 'server/documents', 'server/proposals', 'server/rooms', ...shared],
  'server/documents': [
    ...serverRoots,
    'server/meetings',
    'server/proposals',
    'server/rooms',
    ...shared,
    'server/checks',
    'server/hand',
  ],
  'server/proposals': [...serverRoots, 'server/documents', 'server/hand', 'server/meetings', 'server/rooms', ...shared],
  'server/checks': [...serverRoots, 'server/documents', 'server/meetings', ...shared],
  'server/likeness': [...serverRoots, 'server/checks', 'server/documents', 'server/meetings', ...shared],
  'server/export': [...serverRoots, 'server/documents', ...shared],
  'server/http': [
    ...serverRoots,
    'server/accounts',
    'server/audit',
    'server/checks',
    'server/documents',
    'server/export',
    'server/hand',
    'server/identity',
    'server/likeness',
    'server/meetings',
    'server/proposals',
    'server/rooms',
    ...shared,
  ],
  'server/sync': [...serverRoots, 'server/documents', 'server/identity', 'server/rooms', ...shared],
  'server/app.ts': [...serverRoots, 'server/http', 'server/identity', 'server/rooms', ...shared],
  'server/main.ts': everyone,
  'server/demo': everyone,
  // Running it: the end, the numbers, backup, restore and drill.
  'server/operate': everyone,
  'server/audit/verify.ts': everyone,
  'server/start.mjs': ['server/main.ts', 'server/demo', 'server/operate', 'server/audit/verify.ts'],

  'client/api': shared,
  'client/i18n': shared,
  'client/ui': ['client/api', 'client/i18n', ...shared],
  'client/room': shared,
  'client/editor': ['client/room', 'client/ui', 'client/i18n', ...shared],
  'client/checks': ['client/api', 'client/documents', 'client/i18n', 'client/review', 'client/ui', ...shared],
  'client/likeness': ['client/api', 'client/documents', 'client/i18n', 'client/ui', ...shared],
  'client/library': ['client/api', 'client/i18n', 'client/ui', ...shared],
  'client/review': [
    'client/api',
    'client/checks',
    'client/documents',
    'client/editor',
    'client/i18n',
    'client/proposals',
    'client/room',
    'client/ui',
    ...shared,
  ],
  'client/documents': [
    'client/api',
    'client/checks',
    'client/editor',
    'client/hand',
    'client/i18n',
    'client/likeness',
    'client/proposals',
    'client/review',
    'client/room',
    'client/ui',
    ...shared,
  ],
  'client/proposals': [
    'client/api',
    'client/documents',
    'client/editor',
    'client/hand',
    'client/i18n',
    'client/likeness',
    'client/review',
    'client/room',
    'client/ui',
    ...shared,
  ],
  'client/hand': ['client/api', 'client/documents', 'client/i18n', 'client/review', 'client/ui', ...shared],
  'client/meetings': ['client/api', 'client/i18n', 'client/ui', ...shared, 'client/library'],
  'client/admin': ['client/api', 'client/i18n', 'client/ui', ...shared],
  'client/app': [
    'client/room',
    'client/admin',
    'client/api',
    'client/documents',
    'client/i18n',
    'client/meetings',
    'client/review',
    'client/ui',
    ...shared,
  ],
  'client/main.tsx': ['client/app', 'client/api', 'client/i18n', 'client/ui', 'client/fonts'],
};

const files = ['shared', 'server', 'client'].flatMap((side) => filesBelow(side, '.ts', '.tsx', '.mjs'));

/** Processes of their own beside main.ts and the demo: they, too, put the parts together. */
const entries = ['server/audit/verify.ts'];

/** The row a file belongs to: its folder on the second level, each storage adapter for itself, or a top file itself. */
function rowOf(file: string): string {
  const [side = '', second = '', third = '', ...below] = file.split('/');
  if (third === '' || entries.includes(file)) return file;
  if (side === 'server' && second === 'storage' && below.length > 0) return `${side}/${second}/${third}`;
  return `${side}/${second}`;
}

const isOurs = (name: string) => /^(?:shared|server|client|scripts|tests|fonts)\//.test(name);

describe('the layers', () => {
  test('every source file belongs to a row of the table', () => {
    expect([...new Set(files.map(rowOf))].filter((row) => mayImport[row] === undefined)).toEqual([]);
  });

  test.each(Object.keys(mayImport).filter((row) => mayImport[row] !== everyone))(
    '%s imports only what its row allows',
    (row) => {
      const allowed = mayImport[row] ?? [];
      const strangers = files
        .filter((file) => rowOf(file) === row)
        .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
        .filter(({ imported }) => isOurs(imported) && /\.(?:ts|tsx)$/.test(imported))
        .filter(({ imported }) => rowOf(imported) !== row && !allowed.includes(rowOf(imported)))
        .map(({ file, imported }) => `${file} imports ${imported}`);
      expect(strangers).toEqual([]);
    },
  );

  test('nobody but main.ts, the demo, the audit check, operation and the tests knows a storage adapter', () => {
    const adapters = ['server/storage/memory', 'server/storage/sqlite'];
    const known = Object.entries(mayImport).filter(
      ([, row]) => row !== everyone && row.some((name) => adapters.includes(name)),
    );
    expect(known).toEqual([]);
  });

  test('sources import no test and no script, except the start, which builds the pages', () => {
    const found = files
      .flatMap((file) => importsOf(file).map((imported) => `${file} imports ${imported}`))
      .filter((line) => / imports (?:tests|scripts)\//.test(line));
    expect(found).toEqual(['server/start.mjs imports scripts/build-when-stale.mjs']);
  });
});

describe('packages', () => {
  const packagesOf = (side: string) =>
    files
      .filter((file) => file.startsWith(`${side}/`))
      .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
      .filter(({ imported }) => !isOurs(imported) && !imported.startsWith('.'));

  test('shared uses zod, yjs and lib0 and nothing else', () => {
    expect(packagesOf('shared').filter(({ imported }) => !['zod', 'yjs', 'lib0'].includes(imported))).toEqual([]);
  });

  test('the client uses nothing of Node and no server library', () => {
    const banned = /^(?:node:|hono$|@hono\/|kysely$|better-auth$|pino$|ws$|docx$|ulid$)/;
    expect(packagesOf('client').filter(({ imported }) => banned.test(imported))).toEqual([]);
  });

  test('the server draws no screens', () => {
    const banned = /^(?:react|antd$|@ant-design\/|@tiptap\/|@tanstack\/|i18next|y-websocket$|y-indexeddb$)/;
    expect(packagesOf('server').filter(({ imported }) => banned.test(imported))).toEqual([]);
  });

  test('SQL is spoken only by the SQLite adapter and by identity, whose library keeps its own tables', () => {
    const rows = packagesOf('server')
      .filter(({ imported }) => imported === 'kysely' || imported === 'node:sqlite')
      .map(({ file }) => rowOf(file));
    expect([...new Set(rows)].filter((row) => !['server/storage/sqlite', 'server/identity'].includes(row))).toEqual([]);
  });
});

describe('purity', () => {
  const codeOf = (file: string) => withoutComments(readFileSync(file, 'utf8'));

  test('shared asks nobody for time, chance, files, the network or the environment', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bcrypto\.|\bprocess\.|\bfetch\(|\bsetTimeout\b|\bsetInterval\b|\bconsole\.|\bwindow\.|\bdocument\.(?:get|query|create|body)|\blocalStorage\b/;
    expect(files.filter((file) => file.startsWith('shared/') && impure.test(codeOf(file)))).toEqual([]);
  });

  test('only config.ts reads the environment', () => {
    const readers = files.filter((file) => file.startsWith('server/') && /\bprocess\.env\b/.test(codeOf(file)));
    expect(readers).toEqual(['server/config.ts']);
  });

  test('the server’s time comes from the clock', () => {
    const asking = (what: RegExp) => files.filter((file) => file.startsWith('server/') && what.test(codeOf(file)));
    expect(asking(/\bDate\.now\b|\bnew Date\(\)/)).toEqual(['server/clock.ts']);
    expect(asking(/\bset(?:Timeout|Interval)\(/)).toEqual(['server/clock.ts']);
  });

  test('pages ask no other host for anything', () => {
    const asking = filesBelow('client', '.ts', '.tsx', '.html', '.css').filter((file) =>
      /(?:src|href|url\()\s*=?\s*["'(]?(?:https?:)?\/\/(?!www\.w3\.org)/.test(readFileSync(file, 'utf8')),
    );
    expect(asking).toEqual([]);
  });
});
