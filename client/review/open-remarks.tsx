/** The remarks that hold a submission up, each with a field for its explanation. */
import { useTranslation } from 'react-i18next';
import { isOpen } from '../../shared/api/remarks.ts';
import { useRemarks } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { ExplanationFields, useExplanations } from './explanations.tsx';
import { RemarkKindMark } from './remark-kind.tsx';

/** The open remarks and what has been written for them. */
export function useRemarkExplanations() {
  const { document } = useDocumentContext();
  const remarks = (useRemarks(document.id).data ?? []).filter(isOpen);
  const ids = remarks.map(({ id }) => id);
  return { remarks, ...useExplanations('explanations', ids) };
}

export function OpenRemarks({ explaining }: { readonly explaining: ReturnType<typeof useRemarkExplanations> }) {
  const { t } = useTranslation('desk');
  return (
    <ExplanationFields
      explaining={explaining}
      title={t('explain.title', { count: explaining.count })}
      lead={t('explain.words')}
      items={explaining.remarks.map(({ id, quote, words, kind, basis }) => ({
        id,
        label: t('explain.one', { quote }),
        shown: (
          <>
            <blockquote className="remark-quote">{quote}</blockquote>
            <RemarkKindMark kind={kind} basis={basis} />
            <p className="remark-words">{words}</p>
          </>
        ),
      }))}
    />
  );
}
