/** The steps `tail` and `packs`: where accepted updates are appended, and how they are kept. */
import type { DatabaseSync } from 'node:sqlite';
import type { Packed } from '../pack.ts';
import { Keeping } from '../tail.ts';

/** Where entries are appended before they are kept by document; see the step `packs`. */
export const tail = `
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
export const packs = `
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

export function packJournal(database: DatabaseSync): void {
  const keep = new Keeping(database);
  const documents = database.prepare('select distinct documentId from journal_before_packs').all();
  const read = database.prepare('select * from journal_before_packs where documentId = ? order by seq');
  // The columns are those of a packed entry.
  for (const { documentId } of documents) keep.write(read.all(String(documentId)) as unknown as Packed[]);
  database.exec('drop table journal_before_packs');
}
