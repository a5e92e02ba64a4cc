/**
 * The steps `proposals`, `review`, `carried` and `confirmations`: a reviewer's copies and what became of their changes; remarks,
 * phrases, bookmarks.
 */
import type { DatabaseSync } from 'node:sqlite';
import { ulid } from 'ulid';

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

/**
 * Fates of changes are confirmed or opened again as those of remarks are, and every step of either is kept in one table. How
 * many changes were handed over stands with their proposal.
 */
export const confirmations = `
  alter table changeFate add column confirmedBy text;
  alter table changeFate add column confirmedAt text;
  alter table proposal add column changes integer;
  alter table fateEvent rename column remarkId to subjectId;
  drop index fateEvent_remark;
  create index fateEvent_subject on fateEvent (subjectId);
`;

/**
 * A fate that stands from before its steps were kept gets the step that set it: a confirmation names that one. Its round is that
 * of the remark or the proposal, the only one that is known.
 */
export function keepFirstSteps(database: DatabaseSync): void {
  const keep = database.prepare(
    `insert into fateEvent (id, subjectId, round, act, fate, words, "by", at) values (?, ?, ?, 'set', ?, ?, ?, ?)`,
  );
  for (const row of database.prepare(fatesWithoutSteps).all()) {
    const { subjectId, round, fate, words, by, at } = row;
    // Half a step would make its whole text unreadable; without it the fate is only not to be confirmed.
    if (typeof at !== 'string' || typeof by !== 'string' || subjectId === undefined) continue;
    const id = `fev_${ulid(Date.parse(at))}`;
    keep.run(id, subjectId, round ?? 0, fate ?? '', words ?? '', by, at);
  }
}

const fatesWithoutSteps = `
  select changeFate.id as subjectId, round, fate, words, changeFate."by" as "by", changeFate.at as at
    from changeFate join proposal on proposal.id = proposalId
    where fate <> 'open'
  union all
  select id, round, fate, fateWords, fateBy, fateAt from remark
    where fate <> 'open' and id not in (select subjectId from fateEvent where act = 'set')
`;
