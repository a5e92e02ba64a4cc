/**
 * Opens a store as a start would and looks at everything in it: the audit chain, every journal from its first position to its
 * last, and every text of a document or a proposal, opened as a room opens it. The store is changed by that (it is brought to this
 * release's shape), so it gets a copy.
 */
import { createHash } from 'node:crypto';
import { readContent } from '../../shared/document/content.ts';
import type { DocumentId, ProposalId, RoomId } from '../../shared/ids.ts';
import { verifyAudit } from '../audit/record-audit.ts';
import { systemClock } from '../clock.ts';
import { roomFacts } from '../proposals/room-facts.ts';
import { openText } from '../rooms/live-text.ts';
import { Damaged } from '../storage/sqlite/snapshot.ts';
import { openSqliteStorage, type SqliteStorage } from '../storage/sqlite/storage.ts';

export type ExaminedText<Id extends RoomId> = {
  readonly id: Id;
  /** The position of its last entry. */
  readonly seq: number;
  /** Of its sections as plain data. */
  readonly sha256: string;
};

export type Examined = {
  readonly documents: readonly ExaminedText<DocumentId>[];
  readonly proposals: readonly ExaminedText<ProposalId>[];
  readonly auditEntries: number;
};

/** Throws `Damaged` with what does not hold, `CannotOpen` when a start would not open it either. */
export async function examine(path: string): Promise<Examined> {
  const storage = await openSqliteStorage({ path, clock: systemClock });
  try {
    const audit = await verifyAudit(storage.records);
    if (!audit.intact) throw new Damaged(`its audit log is broken from entry ${audit.brokenAt} on`);
    const documents = await examineAll(storage, await storage.records.document.find({}, { by: 'id' }));
    const proposals = await examineAll(storage, await storage.records.proposal.find({}, { by: 'id' }));
    return { documents, proposals, auditEntries: audit.entries };
  } finally {
    await storage.close();
  }
}

async function examineAll<Id extends RoomId>(
  storage: SqliteStorage,
  rows: readonly { readonly id: Id }[],
): Promise<ExaminedText<Id>[]> {
  const examined: ExaminedText<Id>[] = [];
  for (const { id } of rows) examined.push(await examineText(storage, id));
  return examined;
}

async function examineText<Id extends RoomId>(storage: SqliteStorage, id: Id): Promise<ExaminedText<Id>> {
  const facts = await roomFacts(storage)(id);
  if (facts === undefined) throw new Damaged(`the text ${id} has no facts`);
  const loaded = await storage.journal.load(id);
  await checkJournal(storage, id, loaded.seq);
  const doc = openText(loaded, facts.bodyKeys);
  try {
    const content = JSON.stringify(readContent(doc, facts.bodyKeys));
    return { id, seq: loaded.seq, sha256: createHash('sha256').update(content).digest('hex') };
  } finally {
    doc.destroy();
  }
}

const pageSize = 1_000;

async function checkJournal({ journal }: SqliteStorage, id: RoomId, head: number): Promise<void> {
  let seq = 0;
  for (;;) {
    const page = await journal.entries(id, seq, pageSize);
    for (const entry of page) {
      if (entry.seq !== seq + 1) throw new Damaged(`the journal of ${id} has a gap after position ${seq}`);
      seq = entry.seq;
    }
    if (page.length < pageSize) break;
  }
  if (seq !== head || seq === 0) throw new Damaged(`the journal of ${id} ends at position ${seq}, not ${head}`);
}
