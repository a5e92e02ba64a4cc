/** An earlier remark beside the new wording: what it said, what became of it, and the reviewer's answer to that. */
import { useTranslation } from 'react-i18next';
import type { Remark } from '../../shared/api/remarks.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { answerableRemark } from './answerable.ts';
import { ConfirmActs } from './confirm-acts.tsx';
import { RemarkFate } from './remark-card.tsx';
import { RemarkKindMark } from './remark-kind.tsx';

export function Beside({ remarks }: { readonly remarks: readonly Remark[] | undefined }) {
  return (remarks ?? []).map((remark) => <BesideRemark key={remark.id} remark={remark} />);
}

function BesideRemark({ remark }: { readonly remark: Remark }) {
  const { t } = useTranslation('review');
  const { setActiveRemarkId, activeRemarkId } = useDocumentContext();
  return (
    // Stepped to with N and P; the remark in hand is the one that Y and X answer.
    <aside
      className="beside"
      tabIndex={-1}
      data-beside={remark.id}
      data-active={activeRemarkId === remark.id}
      aria-label={t('compose.affordance')}
      onFocus={() => setActiveRemarkId(remark.id)}
    >
      {!remark.attached && <p className="remark-detached">{t('remarks.detached')}</p>}
      <blockquote className="remark-quote">{remark.quote}</blockquote>
      <RemarkKindMark kind={remark.kind} basis={remark.basis} />
      <p className="remark-words">{remark.words}</p>
      <RemarkFate remark={remark} />
      <ConfirmActs what={answerableRemark(remark)} inHand={activeRemarkId === remark.id} />
    </aside>
  );
}
