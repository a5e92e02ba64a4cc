/** The step `foundation`: who signs in, units and people, meetings, documents with their versions, the journal, the audit log. */

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

export const foundation = identity + people + meetings + documents + journal + accountability;
