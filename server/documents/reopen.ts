/** Reopening (撤销审定): the reviewer voids his approval, with a reason; the text goes back to its author. */
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { carryOut, currentRound } from './carry-out.ts';

export function reopen(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  reason: string,
): Promise<Result<DocumentView, Refusal>> {
  return carryOut(tools, person, id, 'reopen', async ({ records, document, at }) => {
    const round = await currentRound(records, document);
    return ok({
      command: { name: 'reopen', reason },
      keep: async () => {
        await records.round.update(round.id, {
          outcome: 'returned',
          reason: 'approval_void',
          words: reason,
          decidedBy: person.id,
          decidedAt: at,
        });
      },
    });
  });
}
