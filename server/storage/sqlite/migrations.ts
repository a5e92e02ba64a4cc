/**
 * The database's shape, step by step. Forward only: a step that has been released never changes, a new shape is a new
 * step. They run at start; a file that already holds data is copied beside itself first. The number of the last step done
 * is kept in the file (`user_version`), in the same transaction as the step.
 */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { type Clock, instant } from '../../clock.ts';
import { CannotOpen, reasonOf } from './database.ts';
import type { Packed } from './pack.ts';
import { Keeping } from './tail.ts';

/** A step is SQL, then, where SQL is not enough, work in the same transaction. */
export type Migration = {
  readonly name: string;
  readonly sql: string;
  readonly work?: (database: DatabaseSync) => void;
};
export type OnMigrated = (name: string, version: number) => void;

/**
 * The identity tables are better-auth's, with the columns its username and admin plugins ask for; a test compares them
 * with what better-auth would create itself.
 */
const identity = `
  create table "user" (
    "id" text not null primary key,
    "name" text not null,
    "email" text not null unique,
    "emailVerified" integer not null,
    "image" text,
    "createdAt" date not null,
    "updatedAt" date not null,
    "username" text unique,
    "displayUsername" text,
    "role" text,
    "banned" integer,
    "banReason" text,
    "banExpires" date
  );
  create table "session" (
    "id" text not null primary key,
    "expiresAt" date not null,
    "token" text not null unique,
    "createdAt" date not null,
    "updatedAt" date not null,
    "ipAddress" text,
    "userAgent" text,
    "userId" text not null references "user" ("id") on delete cascade,
    "impersonatedBy" text
  );
  create index "session_userId_idx" on "session" ("userId");
  create table "account" (
    "id" text not null primary key,
    "accountId" text not null,
    "providerId" text not null,
    "userId" text not null references "user" ("id") on delete cascade,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" date,
    "refreshTokenExpiresAt" date,
    "scope" text,
    "password" text,
    "createdAt" date not null,
    "updatedAt" date not null
  );
  create index "account_userId_idx" on "account" ("userId");
  create table "verification" (
    "id" text not null primary key,
    "identifier" text not null,
    "value" text not null,
    "expiresAt" date not null,
    "createdAt" date not null,
    "updatedAt" date not null
  );
  create index "verification_identifier_idx" on "verification" ("identifier");
`;

const people = `
  create table unit (
    id text not null primary key,
    name text not null,
    parentId text,
    createdAt text not null
  ) strict;
  create table person (
    id text not null primary key,
    username text not null unique,
    name text not null,
    duty text not null,
    unitId text not null,
    position text not null,
    administrator integer not null,
    disabled integer not null,
    mustChangePassword integer not null,
    createdAt text not null
  ) strict;
`;

const meetings = `
  create table meeting (
    id text not null primary key,
    unitId text not null,
    kind text not null,
    title text not null,
    year integer not null,
    theme text not null,
    date text,
    place text not null,
    submitBy text,
    templateId text not null,
    templateVersion integer not null,
    aspects text not null,
    leaderReview text not null,
    teamConditions text not null,
    createdBy text not null,
    createdAt text not null
  ) strict;
  create table participant (
    id text not null primary key,
    meetingId text not null,
    userId text not null,
    role text not null,
    conditions text not null,
    drafter integer not null,
    unique (meetingId, userId)
  ) strict;
  create index participant_user on participant (userId);
  create table template (id text not null primary key, template text not null) strict;
`;

const documents = `
  create table document (
    id text not null primary key,
    meetingId text not null,
    kind text not null,
    ownerId text,
    lifecycle text not null,
    epoch integer not null,
    since text not null,
    createdAt text not null
  ) strict;
  create index document_meeting on document (meetingId);
  create index document_owner on document (ownerId);
  create table version (
    id text not null primary key,
    documentId text not null,
    number integer not null,
    cause text not null,
    round integer not null,
    text text not null,
    sha256 text not null,
    characters integer not null,
    journalSeq integer not null,
    "by" text not null,
    at text not null,
    unique (documentId, number)
  ) strict;
  create table round (
    id text not null primary key,
    documentId text not null,
    number integer not null,
    versionId text not null,
    submittedBy text not null,
    submittedAt text not null,
    outcome text not null,
    reason text not null,
    words text not null,
    decidedBy text,
    decidedAt text,
    unique (documentId, number)
  ) strict;
  create table remark (
    id text not null primary key,
    documentId text not null,
    round integer not null,
    sectionKey text not null,
    blockId text not null,
    quote text not null,
    before text not null,
    after text not null,
    words text not null,
    "by" text not null,
    at text not null,
    fate text not null,
    fateWords text not null,
    fateBy text,
    fateAt text
  ) strict;
  create index remark_document on remark (documentId);
  create table reply (
    id text not null primary key,
    remarkId text not null,
    words text not null,
    "by" text not null,
    at text not null
  ) strict;
  create index reply_remark on reply (remarkId);
  create table reading (
    id text not null primary key,
    documentId text not null,
    userId text not null,
    versionId text not null,
    at text not null,
    unique (documentId, userId)
  ) strict;
`;

const journal = `
  create table journal (
    documentId text not null,
    seq integer not null,
    "update" blob not null,
    writer text not null,
    session text not null,
    cause text not null,
    at text not null,
    primary key (documentId, seq)
  ) strict, without rowid;
  create table writer (
    documentId text not null,
    clientId integer not null,
    writer text not null,
    primary key (documentId, clientId)
  ) strict, without rowid;
  create table checkpoint (
    documentId text not null primary key,
    seq integer not null,
    state blob not null,
    at text not null
  ) strict;
`;

const accountability = `
  create table audit (
    id text not null primary key,
    seq integer not null unique,
    at text not null,
    act text not null,
    actorId text,
    actor text not null,
    subject text not null,
    facts text not null,
    previousHash text not null,
    hash text not null
  ) strict;
  create table setting (id text not null primary key, value text not null) strict;
`;

/** Where entries are appended before they are kept by document; see the step `packs`. */
const tail = `
  create table tail (
    id integer not null primary key,
    documentId text not null,
    seq integer not null,
    "update" blob not null,
    writer text not null,
    session text not null,
    cause text not null,
    at text not null
  ) strict;
`;

/** Entries in packs (`pack.ts`), many of a document in a row; a commit appends one row to the tail. */
const packs = `
  insert into journal (documentId, seq, "update", writer, session, cause, at)
    select documentId, seq, "update", writer, session, cause, at from tail where true order by documentId, seq
    on conflict do nothing;
  drop table tail;
  alter table journal rename to journal_before_packs;
  create table journal (
    id integer not null primary key,
    documentId text not null,
    last integer not null,
    entries blob not null,
    unique (documentId, last)
  ) strict;
  create table tail (id integer not null primary key, entries blob not null) strict;
`;

function packJournal(database: DatabaseSync): void {
  const keep = new Keeping(database);
  const documents = database.prepare('select distinct documentId from journal_before_packs').all();
  const read = database.prepare('select * from journal_before_packs where documentId = ? order by seq');
  // The columns are those of a packed entry.
  for (const { documentId } of documents) keep.write(read.all(String(documentId)) as unknown as Packed[]);
  database.exec('drop table journal_before_packs');
}

const proposals = `
  create table proposal (
    id text not null primary key,
    documentId text not null,
    round integer not null,
    versionId text not null,
    "by" text not null,
    state text not null,
    at text not null,
    closedAt text,
    unique (documentId, round, "by")
  ) strict;
  create table changeFate (
    id text not null primary key,
    proposalId text not null,
    changeId text not null,
    reason text not null,
    fate text not null,
    words text not null,
    "by" text,
    at text,
    inserted text not null
  ) strict;
  create index changeFate_proposal on changeFate (proposalId);
`;

const checks = `
  create table check_settings (
    id text not null primary key,
    settings text not null,
    "by" text not null,
    at text not null
  ) strict;
  create table dismissal (
    id text not null primary key,
    documentId text not null,
    rule text not null,
    blockId text not null,
    hash text not null,
    reason text not null,
    confirmed integer not null,
    "by" text not null,
    at text not null,
    unique (documentId, rule, blockId, hash)
  ) strict;
`;

/** How the words of a version came in; see `docs/spec/own-hand.md`. */
const hand = `
  create table hand (id text not null primary key, report text not null, sha256 text not null) strict;
`;

/** The reference library. */
const likeness = `
  create table reference (
    id text not null primary key,
    unitId text not null,
    meetingId text,
    kind text not null,
    title text not null,
    "text" text not null,
    characters integer not null,
    addedBy text not null,
    at text not null
  ) strict;
  create index reference_unit on reference (unitId);
`;

/** Kinds and bases of remarks, what became of them in order, where their words were last seen; phrases and bookmarks. */
const review = `
  alter table remark add column kind text not null default 'suggestion';
  alter table remark add column basis text not null default '';
  alter table remark add column confirmedBy text;
  alter table remark add column confirmedAt text;
  create table fateEvent (
    id text not null primary key,
    remarkId text not null,
    round integer not null,
    act text not null,
    fate text not null,
    words text not null,
    "by" text not null,
    at text not null
  ) strict;
  create index fateEvent_remark on fateEvent (remarkId);
  create table place (
    id text not null primary key,
    documentId text not null,
    sectionKey text not null,
    blockId text not null,
    quote text not null,
    before text not null,
    after text not null,
    found text not null,
    seq integer not null,
    at text not null
  ) strict;
  create index place_document on place (documentId);
  create table phrase (
    id text not null primary key,
    userId text not null,
    position integer not null,
    words text not null,
    kind text not null,
    basis text not null,
    unique (userId, position)
  ) strict;
  create table bookmark (
    id text not null primary key,
    documentId text not null,
    userId text not null,
    sectionKey text not null,
    blockId text not null,
    at text not null,
    unique (documentId, userId)
  ) strict;
`;

export const migrations: readonly Migration[] = [
  { name: 'foundation', sql: identity + people + meetings + documents + journal + accountability },
  { name: 'tail', sql: tail },
  { name: 'packs', sql: packs, work: packJournal },
  { name: 'proposals', sql: proposals },
  { name: 'checks', sql: checks },
  { name: 'hand', sql: hand },
  { name: 'likeness', sql: likeness },
  { name: 'review', sql: review },
  { name: 'carried', sql: 'alter table proposal add column carriedFrom text;' },
];

/** Brings the database to the last step. Throws `CannotOpen`, with the database as it was before the failing step. */
export function migrate(
  database: DatabaseSync,
  path: string,
  clock: Clock,
  steps = migrations,
  onMigrated?: OnMigrated,
): void {
  const done = versionOf(database);
  if (done > steps.length) {
    throw new CannotOpen(
      `the database ${path} was written by a newer release (version ${done}, this one knows ${steps.length})`,
    );
  }
  if (done > 0 && done < steps.length) backUp(database, path, done, clock);
  steps.slice(done).forEach((step, index) => {
    apply(database, path, step, done + index + 1);
    onMigrated?.(step.name, done + index + 1);
  });
}

/** The number of the last step done; 0 for an empty file. */
export function versionOf(database: DatabaseSync): number {
  const row = database.prepare('pragma user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

function apply(database: DatabaseSync, path: string, step: Migration, version: number): void {
  try {
    database.exec('begin immediate');
    database.exec(step.sql);
    step.work?.(database);
    database.exec(`pragma user_version = ${version}`);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw new CannotOpen(`cannot bring the database ${path} to version ${version} (${step.name}): ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Copies the file as it stands to `<path>.v<version>-<time>.backup`. */
function backUp(database: DatabaseSync, path: string, version: number, clock: Clock): void {
  if (path === ':memory:') return;
  const stamp = instant(clock)
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  const target = freeName(`${path}.v${version}-${stamp}`);
  try {
    database.prepare('vacuum into ?').run(target);
  } catch (error) {
    throw new CannotOpen(`cannot back up the database ${path} before its migration: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function freeName(base: string): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${base}.backup` : `${base}-${n}.backup`;
    if (!existsSync(name)) return name;
  }
}
