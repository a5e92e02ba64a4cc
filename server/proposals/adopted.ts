/** What was adopted from proposals into a document, as 亲笔 asks for it: only letters the server found to be proposed words. */
import type { DocumentId } from '../../shared/ids.ts';
import type { Adoption } from '../hand/walk.ts';
import type { Storage } from '../storage/storage.ts';

export function adoptionsIn({ records }: Pick<Storage, 'records'>): (id: DocumentId) => Promise<Adoption[]> {
  return async (documentId) => {
    const found: Adoption[] = [];
    for (const proposal of await records.proposal.find({ documentId }, { by: 'id' })) {
      const rows = await records.changeFate.find({ proposalId: proposal.id }, { by: 'id' });
      const adopted = rows.filter(({ inserted }) => inserted.length > 0);
      const version = adopted.length === 0 ? undefined : await records.version.get(proposal.versionId);
      if (version === undefined) continue;
      for (const { inserted } of adopted) {
        found.push({
          after: version.journalSeq,
          ranges: inserted.map(({ clientId, from, to }) => ({ client: clientId, clock: from, length: to - from })),
        });
      }
    }
    return found;
  };
}
