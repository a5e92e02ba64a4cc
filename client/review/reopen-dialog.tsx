/** 重新打开: an approval becomes void, and the dialog says so; a reason is asked. */
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useReopen } from '../api/mutations.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { ActDialog, Field } from './act-dialog.tsx';
import { useAuthorName } from './author-name.ts';
import { useDraft } from './drafts.ts';

export function ReopenDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const author = useAuthorName();
  const send = useReopen(document.id);
  const [draft, setDraft] = useDraft('reopen', z.string());
  const reason = draft ?? '';
  return (
    <ActDialog
      title={t('reopen.title')}
      confirm={t('reopen.confirm')}
      disabled={reason.trim() === ''}
      onClose={onClose}
      onConfirm={async () => {
        await send.mutateAsync({ reason });
        setDraft(null);
      }}
    >
      <p>{t('reopen.void', { number: document.currentVersion?.number ?? '', name: author })}</p>
      <Field label={t('reopen.reason')} first>
        {(id) => (
          <Input.TextArea
            id={id}
            value={reason}
            maxLength={2000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            placeholder={t('reopen.reason.placeholder')}
            onChange={(event) => setDraft(event.target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}
