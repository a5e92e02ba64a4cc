/** Returning (退回): the reviewer gives the text back with a reason from the checklist and words of his own. */
import type { z } from 'zod';
import type { DocumentView, returnBody } from '../../shared/api/documents.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { carryOut, currentRound } from './carry-out.ts';
import { stale } from './stale.ts';
import { rememberReading } from './versions.ts';

/** A reason that names no fault needs words. A version, where one is named, must be the one in review. */
export function returnDocument(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  { reason, words, versionId: read }: z.output<typeof returnBody>,
): Promise<Result<DocumentView, Refusal>> {
  return carryOut(tools, person, id, 'return', async (moment) => {
    const { records, document, at } = moment;
    if (reason === 'other' && words === '') return err(refusal('words_missing', 'another reason needs words'));
    const round = await currentRound(records, document);
    if (read !== undefined && read !== round.versionId) return err(await stale(moment, round.versionId, read));
    return ok({
      command: { name: 'return', reason, words },
      facts: { reason },
      keep: async () => {
        await records.round.update(round.id, {
          outcome: 'returned',
          reason,
          words,
          decidedBy: person.id,
          decidedAt: at,
        });
        const { versionId } = round;
        await rememberReading(records, tools.newId, { documentId: id, userId: person.id, versionId, at });
      },
    });
  });
}
