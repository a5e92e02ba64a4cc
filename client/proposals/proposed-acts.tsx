/** Small parts of the review's own screens that speak of proposals: the way to them, and what a decision does with them. */
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChanges, useProposals } from '../api/proposals.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useProposed } from './proposed.tsx';
import { beforeApproval, isOpen } from './proposed-items.ts';

/** n 处审改待处理, and the way to them; for whoever adopts. */
export function ProposedAct() {
  const { t } = useTranslation('proposals');
  const { document, openRail } = useDocumentContext();
  const { items } = useProposed();
  const open = document.may.includes('adopt') ? items.filter(isOpen).length : 0;
  if (open === 0) return null;
  return (
    <Button size="small" onClick={() => openRail('proposals')}>
      {t('notice.look', { count: open })}
    </Button>
  );
}

/** Before a decision: what happens to the changes I have made and not handed over. */
export function MyChangesLine({ deciding }: { readonly deciding: 'return' | 'approve' }) {
  const { t } = useTranslation('proposals');
  const { document, me } = useDocumentContext();
  const mine = useProposals(document.id).data?.find(({ by, state }) => by.id === me.id && state === 'open');
  const count = useChanges(mine?.id, true).data?.changes.length ?? 0;
  if (count === 0) return null;
  if (deciding === 'return') return <p className="secondary">{t('decide.return', { count })}</p>;
  return <Alert type="warning" title={t('decide.approve', { count })} />;
}

/** Before an approval: what became of the changes that were handed over, and those nobody has answered. */
export function HandedOverLine() {
  const { t } = useTranslation('proposals');
  const { items } = useProposed();
  const { settled, open } = beforeApproval(items);
  return (
    <>
      {settled !== undefined && <p className="secondary">{t('decide.fates', settled)}</p>}
      {open > 0 && <Alert type="warning" title={t('decide.open', { count: open })} />}
    </>
  );
}

/** Before a return: changes of earlier rounds that wait for the author still, such as those I opened again. */
export function StillOpenLine() {
  const { t } = useTranslation('proposals');
  const open = useProposed().items.filter(isOpen).length;
  return open === 0 ? null : <p className="secondary">{t('decide.return.open', { count: open })}</p>;
}
