/**
 * What holds a submission up and can be explained: a field for each, and one sentence for all that remain. What is written here
 * stays until it is sent.
 */
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Field } from './act-dialog.tsx';
import { useDraft } from './drafts.ts';

const explanationsSchema = z.object({ each: z.record(z.string(), z.string()), rest: z.string() });

export type Explanations<Id extends string> = {
  readonly each: readonly { readonly id: Id; readonly words: string }[];
  readonly rest: string;
};

/** What has been written for these; `missing` counts those without an explanation. `kind` names the draft. */
export function useExplanations<Id extends string>(kind: string, ids: readonly Id[]) {
  const [draft, setDraft] = useDraft(kind, explanationsSchema);
  const { each, rest } = draft ?? { each: {}, rest: '' };
  const explanations = toExplanations(ids, each, rest);
  const missing = explanations.rest === '' ? ids.length - explanations.each.length : 0;
  return { count: ids.length, each, rest, setDraft, explanations, missing };
}

export type Explaining = ReturnType<typeof useExplanations>;

/** Only what has words, and only for what is still open. Pure. */
export function toExplanations<Id extends string>(
  ids: readonly Id[],
  each: Readonly<Record<string, string>>,
  rest: string,
): Explanations<Id> {
  const written = ids.map((id) => ({ id, words: (each[id] ?? '').trim() }));
  return { each: written.filter(({ words }) => words !== ''), rest: rest.trim() };
}

type Props = {
  readonly explaining: Pick<Explaining, 'each' | 'rest' | 'setDraft' | 'missing'>;
  readonly title: string;
  readonly lead: string;
  /** What is explained, shown above its field, which `label` names. */
  readonly items: readonly { readonly id: string; readonly label: string; readonly shown: ReactNode }[];
};

export function ExplanationFields({ explaining, title, lead, items }: Props) {
  const { t } = useTranslation('desk');
  const { each, rest, setDraft, missing } = explaining;
  if (items.length === 0) return null;
  return (
    <section className="open-remarks">
      <h2 className="section-title">{title}</h2>
      <p className="secondary">{lead}</p>
      <ol>
        {items.map(({ id, label, shown }) => (
          <li key={id}>
            {shown}
            <Input.TextArea
              value={each[id] ?? ''}
              maxLength={2000}
              autoSize={{ minRows: 1, maxRows: 6 }}
              aria-label={label}
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
