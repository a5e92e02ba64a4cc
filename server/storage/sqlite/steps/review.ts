/** The steps `proposals` and `review`: a reviewer's copies and what became of their changes; remarks, phrases, bookmarks. */

export const proposals = `
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

/** Kinds and bases of remarks, what became of them in order, where their words were last seen; phrases and bookmarks. */
export const review = `
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

/** Which proposal of an earlier round a proposal took its changes over from. */
export const carried = 'alter table proposal add column carriedFrom text;';
