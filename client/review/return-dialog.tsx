/** 退回: one reason from the checklist, the reviewer's own words, and how many remarks go along. */
import { Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { returnReasons } from '../../shared/document/lifecycle.ts';
import { useRemarks } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { MyChangesLine, StillOpenLine } from '../proposals/proposed-acts.tsx';
import { useRevising } from '../proposals/revising.ts';
import { ActDialog, Field } from './act-dialog.tsx';
import { useAuthorName } from './author-name.ts';
import { useDecisions } from './decisions.tsx';
import { useDraft } from './drafts.ts';
import { countOpen } from './remark-order.ts';
import { useReading } from './use-reading.ts';

const draftSchema = z.object({ reason: z.enum(returnReasons).nullable(), words: z.string() });

const storingTimeoutMs = 8_000;
class Unstored extends Error {
  override readonly name = 'Unstored';
}

export function ReturnDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['review', 'common', 'proposals']);
  const { document, whenStored } = useDocumentContext();
  const { revising, end } = useRevising();
  const author = useAuthorName();
  const { decide } = useDecisions();
  const { seen } = useReading();
  const remarks = useRemarks(document.id);
  const [draft, setDraft] = useDraft('return', draftSchema);
  const { reason, words } = draft ?? { reason: null, words: '' };
  const open = countOpen(remarks.data ?? []);
  const wordsMissing = reason === 'other' && words.trim() === '';

  return (
    <ActDialog
      title={t('return.title')}
      confirm={t('return.confirm')}
      disabled={reason === null || wordsMissing || seen === null}
      onClose={onClose}
      explain={(error) => (error instanceof Unstored ? t('proposals:decide.notStored') : undefined)}
      onConfirm={async () => {
        if (reason === null || seen === null) return;
        // What was changed a moment ago goes to the author too.
        if (revising && !(await whenStored(storingTimeoutMs))) throw new Unstored();
        decide({
          documentId: document.id,
          versionId: seen.id,
          name: author,
          verdict: { act: 'return', reason, words },
        });
        setDraft(null);
        if (revising) end();
      }}
      width={600}
    >
      <fieldset className="act-dialog-field" data-first>
        <legend>{t('return.reason')}</legend>
        <Radio.Group
          className="return-reasons"
          value={reason}
          onChange={(event) => {
            const chosen = returnReasons.find((known) => known === event.target.value);
            if (chosen !== undefined) setDraft({ reason: chosen, words });
          }}
          options={returnReasons.map((value) => ({ value, label: t(`common:reason.${value}`) }))}
        />
      </fieldset>
      <Field label={t('return.words')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={words}
            maxLength={2000}
            autoSize={{ minRows: 3, maxRows: 10 }}
            placeholder={t('return.words.placeholder')}
            onChange={(event) => setDraft({ reason, words: event.target.value })}
          />
        )}
      </Field>
      {wordsMissing && <p className="secondary">{t('return.words.needed')}</p>}
      <MyChangesLine deciding="return" />
      <StillOpenLine />
      <p className="secondary">
        {open > 0 ? t('return.remarks', { count: open }) : t('return.noRemarks')}
        {t('return.to', { name: author })}
      </p>
    </ActDialog>
  );
}
