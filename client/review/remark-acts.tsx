/** What can be done about a remark: reply, say what became of it, and, for the reviewer, agree or open it again. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpen, type Remark } from '../../shared/api/remarks.ts';
import { useFate, useReply } from '../api/mutations.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useWords } from '../ui/use-words.ts';
import { answerableRemark } from './answerable.ts';
import { ConfirmActs } from './confirm-acts.tsx';
import { useComparison } from './use-comparison.ts';
import { WordsForm } from './words-form.tsx';

type Open = 'reply' | 'partly' | 'explained' | null;

export function RemarkActs({ remark }: { readonly remark: Remark }) {
  const { t } = useTranslation('review');
  const { document, activeRemarkId } = useDocumentContext();
  const { pair } = useComparison();
  const words = useWords();
  const reply = useReply(document.id);
  const fate = useFate(document.id);
  const [open, setOpen] = useState<Open>(null);
  const mayReply = document.may.includes('reply');
  const maySetFate = document.may.includes('set_fate') && remark.kind !== 'praise';
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
      {maySetFate && isOpen(remark) && (
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
      <ConfirmActs what={answerableRemark(remark)} inHand={activeRemarkId === remark.id && pair === null} />
      {fate.isError && (
        <p className="remark-error" role="alert">
          {words.error(fate.error)}
        </p>
      )}
    </div>
  );
}
