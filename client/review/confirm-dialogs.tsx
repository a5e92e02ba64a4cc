/** The acts that ask only yes or no: 撤回送审 by whoever submitted, 撤回报备 when a file number was wrong. */
import { useTranslation } from 'react-i18next';
import { useRecall, useWithdraw } from '../api/mutations.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { ActDialog } from './act-dialog.tsx';

type Props = { readonly onClose: () => void };

export function WithdrawDialog({ onClose }: Props) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const send = useWithdraw(document.id);
  return (
    <ActDialog
      title={t('withdraw.title')}
      confirm={t('withdraw.confirm')}
      onClose={onClose}
      onConfirm={() => send.mutateAsync(undefined)}
    >
      <p>{t('withdraw.words')}</p>
    </ActDialog>
  );
}

export function RecallDialog({ onClose }: Props) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const send = useRecall(document.id);
  const number = document.lifecycle.state === 'filed' ? document.lifecycle.fileNumber : '';
  return (
    <ActDialog
      title={t('recall.title')}
      confirm={t('recall.confirm')}
      onClose={onClose}
      onConfirm={() => send.mutateAsync(undefined)}
    >
      <p>{t('recall.words', { number })}</p>
    </ActDialog>
  );
}
