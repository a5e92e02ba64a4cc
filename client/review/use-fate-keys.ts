/** The reviewer's answer to what became of a remark: Y agrees with the remark in hand, X opens it again. */
import { useConfirmFate } from '../api/desk.ts';
import { useRemarks } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useKeys } from './use-keys.ts';

export function useFateKeys(): void {
  const { document, activeRemarkId } = useDocumentContext();
  const confirm = useConfirmFate(document.id);
  const remark = useRemarks(document.id).data?.find(({ id }) => id === activeRemarkId);
  const decide = (confirmed: boolean): boolean => {
    if (remark === undefined || remark.fate === 'open' || !document.may.includes('confirm_fate')) return false;
    if (confirm.isPending || (confirmed && remark.confirmedBy !== null)) return false;
    confirm.mutate({ remarkId: remark.id, confirmed });
    return true;
  };
  useKeys({ y: () => decide(true), x: () => decide(false) });
}
