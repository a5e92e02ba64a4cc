/** Withdrawing (撤回): the submitter takes his text back while nobody has decided on it. */
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { carryOut, currentRound } from './carry-out.ts';

export function withdraw(tools: UseCases, person: Person, id: DocumentId): Promise<Result<DocumentView, Refusal>> {
  return carryOut(tools, person, id, 'withdraw', async ({ records, document, at }) => {
    const round = await currentRound(records, document);
    return ok({
      command: { name: 'withdraw' },
      keep: async () => {
        await records.round.update(round.id, { outcome: 'withdrawn', decidedBy: person.id, decidedAt: at });
      },
    });
  });
}
