/** What a backup says of itself: when, of which shape, and the hash of every document's text. */
import { z } from 'zod';
import { documentId } from '../../shared/ids.ts';
import type { Examined } from './examine.ts';

export const manifestSchema = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** The last migration that had been done. */
  schemaVersion: z.int(),
  auditEntries: z.int(),
  documents: z.array(z.object({ id: documentId, seq: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What an examined copy holds otherwise than the manifest says, as one sentence; undefined when nothing. */
export function difference(manifest: Manifest, { documents, auditEntries }: Examined): string | undefined {
  if (auditEntries !== manifest.auditEntries) {
    return `its audit log has ${auditEntries} entries, not ${manifest.auditEntries}`;
  }
  const found = new Map(documents.map((document) => [document.id, document]));
  if (found.size !== manifest.documents.length) {
    return `it holds ${found.size} documents, not ${manifest.documents.length}`;
  }
  const other = manifest.documents.find(({ id, seq, sha256 }) => {
    const document = found.get(id);
    return document?.seq !== seq || document.sha256 !== sha256;
  });
  return other === undefined ? undefined : `the text of ${other.id} is not as it was`;
}
