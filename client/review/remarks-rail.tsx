/**
 * 批注: the remarks beside the text, live. Those that lost their text stand first, then as the text runs. The reviewer
 * writes here about the words he selected; the author replies and says what became of each.
 */
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpen, type Remark } from '../../shared/api/remarks.ts';
import { useRemarks } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { RemarkCard } from './remark-card.tsx';
import { RemarkComposer } from './remark-composer.tsx';
import { useRemarkDraft } from './remark-draft.ts';
import { countOpen, orderRemarks } from './remark-order.ts';
import './desk.css';
import './review.css';

export function RemarksRail() {
  const { document } = useDocumentContext();
  const remarks = useRemarks(document.id);
  return (
    <div className="rail-body">
      <ComposerPlace />
      <Loaded query={remarks} lines={5}>
        {(list) => <RemarkList remarks={list} />}
      </Loaded>
    </div>
  );
}

/** The composer, or the way to it: words are selected, or a remark was begun and put aside. */
function ComposerPlace() {
  const { t } = useTranslation('review');
  const { currentAnchor } = useDocumentContext();
  const { draft, setDraft, mayRemark, begin } = useRemarkDraft();
  if (!mayRemark) return null;
  if (draft?.open === true) return <RemarkComposer draft={draft} />;
  if (draft !== null) {
    return (
      <div className="composer-kept">
        <p>{t('compose.kept')}</p>
        <p className="composer-kept-words">{draft.words}</p>
        <Button size="small" onClick={() => setDraft({ ...draft, open: true })}>
          {t('compose.continue')}
        </Button>
        {currentAnchor !== null && (
          <Button size="small" type="text" onClick={begin}>
            {t('compose.moved')}
          </Button>
        )}
      </div>
    );
  }
  if (currentAnchor === null) return null;
  return (
    <div className="composer-offer">
      <blockquote className="remark-quote">{currentAnchor.quote}</blockquote>
      <Button onMouseDown={(event) => event.preventDefault()} onClick={begin} title={t('compose.affordance.title')}>
        {t('compose.affordance')}
      </Button>
    </div>
  );
}

function RemarkList({ remarks }: { readonly remarks: readonly Remark[] }) {
  const { t } = useTranslation('review');
  const { document, remarkOrder, activeRemarkId } = useDocumentContext();
  const [onlyOpen, setOnlyOpen] = useState(false);
  const mayRemark = document.may.includes('remark');
  if (remarks.length === 0) {
    const who = mayRemark ? 'reviewer' : document.may.includes('export_draft') ? 'author' : 'reader';
    return <Nothing title={t(`remarks.empty.${who}`)}>{t(`remarks.empty.${who}.words`)}</Nothing>;
  }
  const open = countOpen(remarks);
  const keys = document.sections.map(({ key }) => key);
  const ordered = orderRemarks(remarks, remarkOrder, keys);
  // The remark in hand stays in sight also when its fate has just taken it out of the list.
  const shown = onlyOpen ? ordered.filter((remark) => isOpen(remark) || remark.id === activeRemarkId) : ordered;
  return (
    <>
      <div className="rail-head">
        <span className="numbers">{t('remarks.count', { count: remarks.length, open })}</span>
        <Segmented
          size="small"
          value={onlyOpen ? 'open' : 'all'}
          onChange={(value) => setOnlyOpen(value === 'open')}
          options={[
            { value: 'all', label: t('remarks.all') },
            { value: 'open', label: t('remarks.onlyOpen') },
          ]}
        />
      </div>
      {shown.length === 0 && <Nothing title={t('remarks.allDone')}>{t('remarks.allDone.words')}</Nothing>}
      <ol className="remark-list">
        {shown.map((remark) => (
          <RemarkCard key={remark.id} remark={remark} />
        ))}
      </ol>
    </>
  );
}
