/**
 * The remarks that hold a submission up: each with a field for its explanation, and one sentence for all that remain. What is
 * written here stays until it is sent.
 */
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { isOpen, type Remark } from '../../shared/api/remarks.ts';
import type { RemarkId } from '../../shared/ids.ts';
import { useRemarks } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { Field } from './act-dialog.tsx';
import { useDraft } from './drafts.ts';
import { RemarkKindMark } from './remark-kind.tsx';

const explanationsSchema = z.object({ each: z.record(z.string(), z.string()), rest: z.string() });

export type Explanations = {
  readonly each: readonly { readonly remarkId: RemarkId; readonly words: string }[];
  readonly rest: string;
};

/** The open remarks and what has been written for them; `missing` counts those without an explanation. */
export function useExplanations() {
  const { document } = useDocumentContext();
  const remarks = (useRemarks(document.id).data ?? []).filter(isOpen);
  const [draft, setDraft] = useDraft('explanations', explanationsSchema);
  const { each, rest } = draft ?? { each: {}, rest: '' };
  const explanations = toExplanations(remarks, each, rest);
  const missing = explanations.rest === '' ? remarks.length - explanations.each.length : 0;
  return { remarks, each, rest, setDraft, explanations, missing };
}

/** Only what has words, and only for remarks that are still open. Pure. */
export function toExplanations(
  remarks: readonly Remark[],
  each: Readonly<Record<string, string>>,
  rest: string,
): Explanations {
  const written = remarks.map(({ id }) => ({ remarkId: id, words: (each[id] ?? '').trim() }));
  return { each: written.filter(({ words }) => words !== ''), rest: rest.trim() };
}

export function OpenRemarks({ explaining }: { readonly explaining: ReturnType<typeof useExplanations> }) {
  const { t } = useTranslation('desk');
  const { remarks, each, rest, setDraft, missing } = explaining;
  if (remarks.length === 0) return null;
  return (
    <section className="open-remarks">
      <h2 className="section-title">{t('explain.title', { count: remarks.length })}</h2>
      <p className="secondary">{t('explain.words')}</p>
      <ol>
        {remarks.map(({ id, quote, words, kind, basis }) => (
          <li key={id}>
            <blockquote className="remark-quote">{quote}</blockquote>
            <RemarkKindMark kind={kind} basis={basis} />
            <p className="remark-words">{words}</p>
            <Input.TextArea
              value={each[id] ?? ''}
              maxLength={2000}
              autoSize={{ minRows: 1, maxRows: 6 }}
              aria-label={t('explain.one', { quote })}
              placeholder={t('explain.placeholder')}
              onChange={(event) => setDraft({ each: { ...each, [id]: event.target.value }, rest })}
            />
          </li>
        ))}
      </ol>
      <Field label={t('explain.rest')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={rest}
            maxLength={2000}
            autoSize={{ minRows: 1, maxRows: 6 }}
            placeholder={t('explain.rest.placeholder')}
            onChange={(event) => setDraft({ each, rest: event.target.value })}
          />
        )}
      </Field>
      {missing > 0 && <p className="secondary">{t('explain.missing', { count: missing })}</p>}
    </section>
  );
}
