/** What a backup says of itself: when, of which shape, and the hash of every text of a document or a proposal. */
import { z } from 'zod';
import { documentId, proposalId, type RoomId } from '../../shared/ids.ts';
import type { Examined, ExaminedText } from './examine.ts';

export const manifestSchema = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** The last migration that had been done. */
  schemaVersion: z.int(),
  auditEntries: z.int(),
  documents: z.array(z.object({ id: documentId, seq: z.int(), sha256: z.string() })),
  proposals: z.array(z.object({ id: proposalId, seq: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What an examined copy holds otherwise than the manifest says, as one sentence; undefined when nothing. */
export function difference(manifest: Manifest, { documents, proposals, auditEntries }: Examined): string | undefined {
  if (auditEntries !== manifest.auditEntries) {
    return `its audit log has ${auditEntries} entries, not ${manifest.auditEntries}`;
  }
  return differs('documents', manifest.documents, documents) ?? differs('proposals', manifest.proposals, proposals);
}

type Texts = readonly ExaminedText<RoomId>[];

function differs(what: string, said: Texts, found: Texts): string | undefined {
  const byId = new Map(found.map((text) => [text.id, text]));
  if (byId.size !== said.length) return `it holds ${byId.size} ${what}, not ${said.length}`;
  const other = said.find(({ id, seq, sha256 }) => byId.get(id)?.seq !== seq || byId.get(id)?.sha256 !== sha256);
  return other === undefined ? undefined : `the text of ${other.id} is not as it was`;
}
