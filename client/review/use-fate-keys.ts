/** The reviewer's answer to what became of the remark or the change in hand: Y agrees, X opens it again. */
import { useRemarks } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useProposed } from '../proposals/proposed.tsx';
import { type Answerable, answerableChange, answerableRemark } from './answerable.ts';
import { useFateAnswer } from './use-fate-answer.ts';
import { useKeys } from './use-keys.ts';

export function useFateKeys(): void {
  const what = useInHand();
  const { may, pending, send } = useFateAnswer(what);
  const answer = (confirmed: boolean): boolean => {
    if (!may || pending || (confirmed && what?.confirmedBy !== null)) return false;
    // A refusal is shown where the fate stands.
    send(confirmed).catch(() => undefined);
    return true;
  };
  useKeys({ y: () => answer(true), x: () => answer(false) });
}

/** One or the other is in hand, never both. */
function useInHand(): Answerable | undefined {
  const { document, activeRemarkId } = useDocumentContext();
  const { items, active } = useProposed();
  const remark = useRemarks(document.id).data?.find(({ id }) => id === activeRemarkId);
  const change = items.find(({ note }) => note.key === active);
  if (change !== undefined) return answerableChange(change.note);
  return remark === undefined ? undefined : answerableRemark(remark);
}
