/** Returning (退回): the reviewer gives the text back with a reason from the checklist and words of his own. */
import type { DocumentView } from '../../shared/api/documents.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { ReturnReason } from '../../shared/document/lifecycle.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { carryOut, currentRound } from './carry-out.ts';
import { rememberReading } from './versions.ts';

/** A reason that names no fault needs words. */
export function returnDocument(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  { reason, words }: { readonly reason: ReturnReason; readonly words: string },
): Promise<Result<DocumentView, Refusal>> {
  return carryOut(tools, person, id, 'return', async ({ records, document, at }) => {
    if (reason === 'other' && words === '') return err(refusal('words_missing', 'another reason needs words'));
    const round = await currentRound(records, document);
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
