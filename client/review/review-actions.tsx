/**
 * The top bar's acts: one primary, its companions, the rare ones in a menu; with their dialogs, their keys and the small
 * 批注 button beside selected words. What may be done comes from the server (`document.may`).
 */
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentContext } from '../documents/document-context.ts';
import { ProposeButton } from '../proposals/propose-button.tsx';
import { ApproveDialog } from './approve-dialog.tsx';
import { type Act, availableActs } from './available-acts.ts';
import { RecallDialog, WithdrawDialog } from './confirm-dialogs.tsx';
import { useDecisions } from './decisions.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FileDialog } from './file-dialog.tsx';
import { KeyHelp } from './key-help.tsx';
import { ReaderMenu } from './reader-menu.tsx';
import { RemarkAffordance } from './remark-affordance.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import './desk.css';
import './review.css';
import { useFollowReading } from './use-reading.ts';
import { useReadingMode } from './use-reading-mode.ts';
import { useReviewKeys } from './use-review-keys.ts';

const dialogs: Readonly<Record<Act, (props: { readonly onClose: () => void }) => React.ReactNode>> = {
  submit: SubmitDialog,
  withdraw: WithdrawDialog,
  return: ReturnDialog,
  approve: ApproveDialog,
  reopen: ReopenDialog,
  file: FileDialog,
  recall: RecallDialog,
  export: ExportDialog,
};

export function ReviewActions() {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const [asked, setAsked] = useState<Act | null>(null);
  const bar = availableActs(document);
  const pending = useDecisions().pendingOn(document.id);
  const offered = [...(bar.primary === null ? [] : [bar.primary]), ...bar.beside, ...bar.more];
  useFollowReading();
  useReviewKeys((act) => {
    // One decision at a time: the one that waits is taken back first.
    if (!offered.includes(act) || pending !== undefined) return false;
    setAsked(act);
    return true;
  });
  const label = (act: Act) => (act === 'approve' && document.selfReviewed ? t('act.approve.self') : t(`act.${act}`));
  const reading = useReadingMode();
  const reader = document.access === 'read' && document.may.includes('remark');
  const Dialog = asked === null ? null : dialogs[asked];

  return (
    <div className="review-actions">
      {reader && <ReaderMenu reading={reading} />}
      {bar.more.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: bar.more.map((act) => ({ key: act, label: label(act), onClick: () => setAsked(act) })),
          }}
        >
          <Button>{t('act.more')}</Button>
        </Dropdown>
      )}
      {bar.beside.map((act) => (
        <Button key={act} disabled={pending !== undefined && act === 'return'} onClick={() => setAsked(act)}>
          {label(act)}
        </Button>
      ))}
      <ProposeButton />
      {bar.primary !== null && (
        <Button
          type="primary"
          disabled={pending !== undefined && bar.primary === 'approve'}
          onClick={() => setAsked(bar.primary)}
        >
          {label(bar.primary)}
        </Button>
      )}
      {Dialog !== null && <Dialog onClose={() => setAsked(null)} />}
      <RemarkAffordance />
      <KeyHelp />
    </div>
  );
}
