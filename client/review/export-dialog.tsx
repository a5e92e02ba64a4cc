/** 导出: 清稿 of the approved version; before that only a draft, and the dialog says plainly what the file will bear. */
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportFormats } from '../../shared/api/documents.ts';
import { downloadExport } from '../api/download.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useWords } from '../ui/use-words.ts';

type Format = (typeof exportFormats)[number];

export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const words = useWords();
  const [busy, setBusy] = useState<Format>();
  const [error, setError] = useState<unknown>();
  const clean = document.may.includes('export_clean');

  const download = async (format: Format) => {
    setBusy(format);
    setError(undefined);
    try {
      await downloadExport(document.id, clean ? 'clean' : 'draft', format);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(undefined);
    }
  };

  return (
    <Modal open title={t('export.title')} footer={null} onCancel={onClose} width={520}>
      <div className="act-dialog">
        <h2 className="section-title">{clean ? t('export.clean') : t('export.draft')}</h2>
        {clean ? (
          <p>{t('export.clean.words', { number: document.currentVersion?.number ?? '' })}</p>
        ) : (
          <Alert type="warning" title={t('export.draft.words')} />
        )}
        <div className="export-formats">
          {exportFormats.map((format) => (
            <Button
              key={format}
              loading={busy === format}
              disabled={busy !== undefined && busy !== format}
              onClick={() => void download(format)}
            >
              {t(`export.${format}`)}
            </Button>
          ))}
        </div>
        {busy !== undefined && <p className="secondary">{t('export.preparing')}</p>}
        {error !== undefined && <Alert type="error" role="alert" title={words.error(error)} />}
      </div>
    </Modal>
  );
}
