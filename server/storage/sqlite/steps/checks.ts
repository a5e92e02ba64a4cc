/** The steps `checks` and `checklist`: what a meeting sets, what an author puts aside, what a reviewer has ticked. */

export const checks = `
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

/** The lines of the checklist a reviewer has ticked, for each version he has before him. */
export const checklist = `
  create table checklist (
    id text not null primary key,
    documentId text not null,
    versionId text not null,
    userId text not null,
    ticked text not null,
    at text not null,
    unique (versionId, userId)
  ) strict;
`;
