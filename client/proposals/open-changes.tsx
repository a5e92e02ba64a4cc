/** The proposed changes that hold a submission up, each with a field for its explanation. */
import { useTranslation } from 'react-i18next';
import { ExplanationFields, useExplanations } from '../review/explanations.tsx';
import { Reopened } from '../review/fate-line.tsx';
import { ChangeWords, useChangeKind } from './change-words.tsx';
import { useProposed } from './proposed.tsx';
import { isOpen } from './proposed-items.ts';
import './proposals.css';

/** The open changes and what has been written for them. */
export function useChangeExplanations() {
  const items = useProposed().items.filter(isOpen);
  const ids = items.map(({ note }) => note.key);
  return { items, ...useExplanations('explanations.changes', ids) };
}

export function OpenChanges({ explaining }: { readonly explaining: ReturnType<typeof useChangeExplanations> }) {
  const { t } = useTranslation('proposals');
  const kindOf = useChangeKind();
  return (
    <ExplanationFields
      explaining={explaining}
      title={t('explain.title', { count: explaining.count })}
      lead={t('explain.words')}
      items={explaining.items.map(({ change, note, proposed }) => ({
        id: note.key,
        label: t('explain.one', { kind: kindOf(change) }),
        shown: (
          <div className="change" data-change={change.id} lang="zh-CN">
            <span className="change-kind">{kindOf(change)}</span>
            <ChangeWords change={change} proposed={proposed} />
            {note.reason !== '' && <p className="change-reason">{note.reason}</p>}
            <Reopened history={note.history} />
          </div>
        ),
      }))}
    />
  );
}
