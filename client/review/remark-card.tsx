/** One remark: its quote, its words, the replies, its fate. Clicking the quote brings the text into view. */

import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Remark } from '../../shared/api/remarks.ts';
import { useFate, useReply } from '../api/mutations.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useWords } from '../ui/use-words.ts';
import { FateMark } from './fate-mark.tsx';
import { WordsForm } from './words-form.tsx';

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
    <li ref={card} className="remark" data-active={active} data-fate={remark.fate} data-remark={remark.id}>
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
      <FateLine remark={remark} />
      <RemarkActs remark={remark} />
    </li>
  );
}

function FateLine({ remark }: { readonly remark: Remark }) {
  const { t } = useTranslation('review');
  const words = useWords();
  const { fate, fateWords, fateBy, fateAt } = remark;
  return (
    <div className="remark-fate">
      <FateMark fate={fate} />
      {fate !== 'open' && fateBy !== null && fateAt !== null && (
        <span className="remark-by">{t('remarks.by', { name: fateBy.name, moment: words.moment(fateAt) })}</span>
      )}
      {fateWords !== '' && <p className="remark-words">{fateWords}</p>}
    </div>
  );
}

type Open = 'reply' | 'partly' | 'explained' | null;

function RemarkActs({ remark }: { readonly remark: Remark }) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const words = useWords();
  const reply = useReply(document.id);
  const fate = useFate(document.id);
  const [open, setOpen] = useState<Open>(null);
  const mayReply = document.may.includes('reply');
  const maySetFate = document.may.includes('set_fate');
  const close = () => setOpen(null);
  if (!mayReply && !maySetFate) return null;
  if (open === 'reply') {
    return (
      <WordsForm
        kind={`reply.${remark.id}`}
        label={t('reply.placeholder')}
        confirm={t('reply.save')}
        required
        onSend={(text) => reply.mutateAsync({ remarkId: remark.id, words: text })}
        onClose={close}
      />
    );
  }
  if (open !== null) {
    return (
      <WordsForm
        kind={`${open}.${remark.id}`}
        label={t(`fate.words.${open}`)}
        confirm={`${t(`fate.${open}`)} · ${t('fate.save')}`}
        required={open === 'explained'}
        onSend={(text) => fate.mutateAsync({ remarkId: remark.id, fate: open, words: text })}
        onClose={close}
      />
    );
  }
  return (
    <div className="remark-acts">
      {mayReply && (
        <Button size="small" type="text" onClick={() => setOpen('reply')}>
          {t('reply')}
        </Button>
      )}
      {maySetFate && remark.fate === 'open' && (
        <span className="remark-fates">
          <Button
            size="small"
            loading={fate.isPending}
            onClick={() => fate.mutate({ remarkId: remark.id, fate: 'adopted', words: '' })}
          >
            {t('fate.adopted')}
          </Button>
          <Button size="small" onClick={() => setOpen('partly')}>
            {t('fate.partly')}
          </Button>
          <Button size="small" onClick={() => setOpen('explained')}>
            {t('fate.explained')}
          </Button>
        </span>
      )}
      {maySetFate && remark.fate !== 'open' && (
        <Button size="small" type="text" onClick={() => fate.mutate({ remarkId: remark.id, fate: 'open', words: '' })}>
          {t('fate.undo')}
        </Button>
      )}
      {fate.isError && (
        <p className="remark-error" role="alert">
          {words.error(fate.error)}
        </p>
      )}
    </div>
  );
}
