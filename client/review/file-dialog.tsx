/** 报备: the number and the day under which the approved text went to the superior. */
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useFile } from '../api/mutations.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { DayField } from '../ui/day-field.tsx';
import { dayOf } from '../ui/days.ts';
import { ActDialog, Field } from './act-dialog.tsx';
import { useDraft } from './drafts.ts';

const draftSchema = z.object({ number: z.string(), date: z.string() });

export function FileDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const send = useFile(document.id);
  const [draft, setDraft] = useDraft('file', draftSchema);
  const { number, date } = draft ?? { number: '', date: dayOf(new Date()) };
  return (
    <ActDialog
      title={t('file.title')}
      confirm={t('file.confirm')}
      disabled={number.trim() === '' || date === ''}
      onClose={onClose}
      onConfirm={async () => {
        await send.mutateAsync({ number, date });
        setDraft(null);
      }}
    >
      <p>{t('file.words', { number: document.currentVersion?.number ?? '' })}</p>
      <Field label={t('file.number')} first>
        {(id) => (
          <Input
            id={id}
            value={number}
            maxLength={60}
            placeholder={t('file.number.placeholder')}
            onChange={(event) => setDraft({ number: event.target.value, date })}
          />
        )}
      </Field>
      <Field label={t('file.date')}>
        {(id) => (
          <DayField
            id={id}
            value={date === '' ? null : date}
            onChange={(day) => setDraft({ number, date: day ?? '' })}
          />
        )}
      </Field>
    </ActDialog>
  );
}
