/** What can be done with a final text from the board: export it, file it, take the filing back, as far as the server allows. */
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DocumentView, exportFormats } from '../../shared/api/documents.ts';
import type { BoardRow } from '../../shared/api/meetings.ts';
import { downloadExport } from '../api/download.ts';
import { useFile, useRecall } from '../api/mutations.ts';
import { useDocument } from '../api/queries.ts';
import { DayField } from '../ui/day-field.tsx';
import { dayOf } from '../ui/days.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { oneLine, useWords } from '../ui/use-words.ts';
import { Loaded } from '../ui/view-state.tsx';

export function FinalTextActs({ row, onClose }: { readonly row: BoardRow; readonly onClose: () => void }) {
  const { t } = useTranslation(['common', 'meetings']);
  const document = useDocument(row.id);
  const name = row.owner === null ? oneLine(row.title) : `${row.owner.name} ${oneLine(row.title)}`;
  return (
    <Modal open title={name} footer={null} onCancel={onClose} width={520} destroyOnHidden>
      <Loaded query={document}>
        {(known) => (
          <>
            <p className="final-state">
              <StateBadge state={known.lifecycle.state} />
              <FiledAs document={known} />
            </p>
            {known.may.includes('export_clean') && <Export document={known} />}
            {known.may.includes('file') && <File document={known} />}
            {known.may.includes('recall') && <Recall document={known} />}
            {!known.may.some((act) => act === 'export_clean' || act === 'file' || act === 'recall') && (
              <p className="secondary">{t('meetings:final.notYou')}</p>
            )}
          </>
        )}
      </Loaded>
    </Modal>
  );
}

function FiledAs({ document }: { readonly document: DocumentView }) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  if (document.lifecycle.state !== 'filed') return null;
  const { fileNumber, fileDate } = document.lifecycle;
  return (
    <span className="secondary">{t('meetings:final.filedAs', { number: fileNumber, day: words.day(fileDate) })}</span>
  );
}

function Export({ document }: { readonly document: DocumentView }) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  const [failure, setFailure] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  async function fetchFile(format: (typeof exportFormats)[number]): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      await downloadExport(document.id, 'clean', format);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className="final-part">
      <h2 className="section-title final-title">{t('meetings:final.export')}</h2>
      <div className="row">
        {exportFormats.map((format) => (
          <Button key={format} disabled={busy} onClick={() => void fetchFile(format)}>
            {t(`meetings:format.${format}`)}
          </Button>
        ))}
      </div>
      {failure !== undefined && (
        <Alert className="final-alert" type="error" role="alert" title={words.error(failure)} />
      )}
    </section>
  );
}

function File({ document }: { readonly document: DocumentView }) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  const file = useFile(document.id);
  const [number, setNumber] = useState('');
  const [date, setDate] = useState<string | null>(() => dayOf(new Date()));
  return (
    <section className="final-part">
      <h2 className="section-title final-title">{t('meetings:final.file')}</h2>
      <p className="part-words">{t('meetings:final.file.words')}</p>
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={() => date !== null && file.mutate({ number: number.trim(), date })}
      >
        <Form.Item label={t('meetings:final.number')} htmlFor="file-number">
          <Input
            id="file-number"
            maxLength={60}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            autoComplete="off"
          />
        </Form.Item>
        <Form.Item label={t('meetings:final.date')} htmlFor="file-date">
          <DayField id="file-date" value={date} onChange={setDate} />
        </Form.Item>
        {file.isError && <Alert className="final-alert" type="error" role="alert" title={words.error(file.error)} />}
        <Button
          type="primary"
          htmlType="submit"
          loading={file.isPending}
          disabled={number.trim() === '' || date === null}
        >
          {t('meetings:final.file')}
        </Button>
      </Form>
    </section>
  );
}

function Recall({ document }: { readonly document: DocumentView }) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  const recall = useRecall(document.id);
  return (
    <section className="final-part">
      <h2 className="section-title final-title">{t('meetings:final.recall')}</h2>
      <p className="part-words">{t('meetings:final.recall.words')}</p>
      {recall.isError && <Alert className="final-alert" type="error" role="alert" title={words.error(recall.error)} />}
      <Button loading={recall.isPending} onClick={() => recall.mutate(undefined)}>
        {t('meetings:final.recall')}
      </Button>
    </section>
  );
}
