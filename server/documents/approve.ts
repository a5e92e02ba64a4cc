/**
 * Approving (审定) binds to the version the reviewer read. Naming any other is refused with the number of changes he has not
 * seen; a stored text that no longer fits its hash is no text anybody approved.
 */

import type { DocumentView } from '../../shared/api/documents.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import type { DocumentId, VersionId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { carryOut, currentRound } from './carry-out.ts';
import { hashText } from './frozen-text.ts';
import { stale } from './stale.ts';
import { rememberReading } from './versions.ts';
import { versionOf } from './view-text.ts';

export function approve(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  read: VersionId,
): Promise<Result<DocumentView, Refusal>> {
  return carryOut(tools, person, id, 'approve', async (moment) => {
    const { records, document, at } = moment;
    const round = await currentRound(records, document);
    if (round.versionId !== read) return err(await stale(moment, round.versionId, read));
    const version = await versionOf(records, document, read);
    if (version === undefined || hashText(version.text) !== version.sha256) {
      throw new Error(`version ${read} does not fit its hash`);
    }
    return ok({
      command: { name: 'approve', versionId: read },
      facts: { version: version.number, sha256: version.sha256 },
      keep: async () => {
        await records.round.update(round.id, { outcome: 'approved', decidedBy: person.id, decidedAt: at });
        await rememberReading(records, tools.newId, { documentId: id, userId: person.id, versionId: read, at });
      },
    });
  });
}
