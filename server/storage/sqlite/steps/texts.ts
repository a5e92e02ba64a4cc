/** The steps `hand` and `likeness`: how the words of a version came in; the reference library. */

/** How the words of a version came in; see `docs/spec/own-hand.md`. */
export const hand = `
  create table hand (id text not null primary key, report text not null, sha256 text not null) strict;
`;

/** The reference library. */
export const likeness = `
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
