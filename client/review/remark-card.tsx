/** One remark: its quote, its words, the replies, its fate. Clicking the quote brings the text into view. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpen, type Remark } from '../../shared/api/remarks.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useWords } from '../ui/use-words.ts';
import { answerableRemark } from './answerable.ts';
import { FateHistory, FateLine } from './fate-line.tsx';
import { RemarkActs } from './remark-acts.tsx';
import { RemarkKindMark } from './remark-kind.tsx';

export function RemarkCard({ remark }: { readonly remark: Remark }) {
  const { t } = useTranslation('review');
  const { activeRemarkId, setActiveRemarkId, scrollToRemark } = useDocumentContext();
  const words = useWords();
  const card = useRef<HTMLLIElement>(null);
  const active = activeRemarkId === remark.id;
  useEffect(() => {
    if (active) card.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const take = () => {
    setActiveRemarkId(remark.id);
    scrollToRemark(remark.id);
  };
  return (
    <li
      ref={card}
      className="remark"
      data-active={active}
      data-fate={isOpen(remark) ? 'open' : 'settled'}
      data-remark={remark.id}
    >
      {!remark.attached && (
        <p className="remark-detached" title={t('remarks.detached.words')}>
          {t('remarks.detached')}
        </p>
      )}
      <button
        type="button"
        className="remark-quote"
        title={remark.attached ? t('remarks.goTo') : t('remarks.detached.words')}
        onClick={take}
      >
        {remark.quote}
      </button>
      <StandingWords remark={remark} />
      <RemarkKindMark kind={remark.kind} basis={remark.basis} />
      <p className="remark-words">{remark.words}</p>
      <p className="remark-by">
        {t('remarks.by', { name: remark.by.name, moment: words.moment(remark.at) })}
        <span>{t('remarks.round', { round: remark.round })}</span>
      </p>
      {remark.replies.length > 0 && (
        <ol className="remark-replies">
          {remark.replies.map((reply) => (
            <li key={reply.id}>
              <p className="remark-words">{reply.words}</p>
              <p className="remark-by">{t('remarks.by', { name: reply.by.name, moment: words.moment(reply.at) })}</p>
            </li>
          ))}
        </ol>
      )}
      <RemarkFate remark={remark} />
      <FateHistory what={answerableRemark(remark)} />
      <RemarkActs remark={remark} />
    </li>
  );
}

/** The words it stands on now, when they are not the ones it was about. */
function StandingWords({ remark }: { readonly remark: Remark }) {
  const { t } = useTranslation('desk');
  const { standing, likened, quote } = remark;
  if (standing === null || standing.words === quote) return null;
  return (
    <p className="remark-standing" title={likened ? t('standing.likened.words') : undefined}>
      <span>{likened ? t('standing.likened') : t('standing.now')}</span>
      {standing.words}
    </p>
  );
}

/** Praise needs no fate. */
export function RemarkFate({ remark }: { readonly remark: Remark }) {
  return remark.kind === 'praise' && remark.fate === 'open' ? null : <FateLine what={answerableRemark(remark)} />;
}
