/** Filing (报备) gives an approved text its file number and date; recalling undoes it and leaves the approval. */
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { carryOut } from './carry-out.ts';

export function file(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  { number, date }: { readonly number: string; readonly date: string },
): Promise<Result<DocumentView, Refusal>> {
  return carryOut(tools, person, id, 'file', async () =>
    ok({ command: { name: 'file', number, date }, facts: { number, date } }),
  );
}

export function recall(tools: UseCases, person: Person, id: DocumentId): Promise<Result<DocumentView, Refusal>> {
  return carryOut(tools, person, id, 'recall', async () => ok({ command: { name: 'recall' } }));
}
