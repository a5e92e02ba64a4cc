/** 审定: names the version that was read. A newer one stops the approval and says how much has changed since. */
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCompare, useRemarks, useVersions } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { HandedOverLine, MyChangesLine } from '../proposals/proposed-acts.tsx';
import { useWords } from '../ui/use-words.ts';
import { ActDialog } from './act-dialog.tsx';
import { useAuthorName } from './author-name.ts';
import { useDecisions } from './decisions.tsx';
import { countOpen } from './remark-order.ts';
import { useComparison } from './use-comparison.ts';
import { useReading } from './use-reading.ts';

const hashLength = 8;

export function ApproveDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const words = useWords();
  const author = useAuthorName();
  const { decide } = useDecisions();
  const { seen, stale } = useReading();
  const remarks = useRemarks(document.id);
  const version = useVersions(document.id).data?.find(({ id }) => id === seen?.id);
  const open = countOpen(remarks.data ?? []);
  if (stale) return <StaleDialog onClose={onClose} />;

  return (
    <ActDialog
      title={t('approve.title', { number: seen?.number ?? '' })}
      confirm={document.selfReviewed ? t('act.approve.self') : t('approve.confirm')}
      disabled={seen === null}
      onClose={onClose}
      onConfirm={() => {
        if (seen !== null) {
          decide({ documentId: document.id, versionId: seen.id, name: author, verdict: { act: 'approve' } });
        }
        return Promise.resolve();
      }}
    >
      {version !== undefined && (
        <p>
          {t('approve.version', { name: author, round: version.round, characters: version.characters })}
          <br />
          <span className="secondary">
            {t('approve.at', { moment: words.moment(version.at), hash: version.sha256.slice(0, hashLength) })}
          </span>
        </p>
      )}
      {open > 0 && <Alert type="warning" title={t('approve.remarks', { count: open })} />}
      <HandedOverLine />
      <MyChangesLine deciding="approve" />
      <p>{document.selfReviewed ? t('approve.self') : t('approve.consequence')}</p>
    </ActDialog>
  );
}

/** What stands in the dialog's place when another version has come meanwhile. */
function StaleDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const { seen } = useReading();
  const { compare } = useComparison();
  const from = seen?.number;
  const to = document.currentVersion?.number;
  const changes = useCompare(document.id, from, to).data?.changed;
  return (
    <ActDialog
      title={t('act.approve')}
      confirm={t('approve.stale.look')}
      disabled={from === undefined || to === undefined}
      onClose={onClose}
      onConfirm={() => {
        if (from !== undefined && to !== undefined) compare({ from, to });
        return Promise.resolve();
      }}
    >
      <p>{changes === undefined ? t('approve.stale.unknown') : t('approve.stale', { count: changes })}</p>
    </ActDialog>
  );
}
