/** After a withdrawal: the reviewer's earlier changes are offered for the new version, and what found no place in it is told. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Change, Unfinished } from '../../shared/api/proposals.ts';
import type { ProposalId } from '../../shared/ids.ts';
import { useKeys } from '../review/use-keys.ts';
import { Nothing } from '../ui/view-state.tsx';
import { BareWords, useChangeKind } from './change-words.tsx';
import { useRevising } from './revising.ts';

type OfferProps = {
  readonly unfinished: Unfinished;
  /** The proposal to take over, or null to begin afresh. */
  readonly onChoose: (carry: ProposalId | null) => void;
};

export function CarryOffer({ unfinished, onChoose }: OfferProps) {
  const { t } = useTranslation('proposals');
  const { end } = useRevising();
  useKeys({ e: end, 'Alt+E': end, Escape: end });
  const { id, versionNumber: number, changes: count } = unfinished;
  return (
    <Nothing
      title={t('carry.title')}
      action={
        <span className="review-actions">
          <Button type="primary" autoFocus onClick={() => onChoose(id)}>
            {t('carry.take', { count })}
          </Button>
          <Button onClick={() => onChoose(null)}>{t('carry.afresh')}</Button>
          <Button type="text" title="Alt+E" onClick={end}>
            {t('act.back')}
          </Button>
        </span>
      }
    >
      {t('carry.words', { number, count })}
    </Nothing>
  );
}

/** `number` is the version the others are in now. */
export function LeftBehind({ changes, number }: { readonly changes: readonly Change[]; readonly number: number }) {
  const { t } = useTranslation('proposals');
  const kindOf = useChangeKind();
  if (changes.length === 0) return null;
  return (
    <section className="status-notice" data-left-behind>
      <div className="status-notice-words">
        {t('carry.left', { number, count: changes.length })}
        <ol className="change-list">
          {changes.map((change) => (
            <li key={change.id} className="change" data-change={change.id} lang="zh-CN">
              <span className="change-kind">{kindOf(change)}</span>
              <BareWords change={change} />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
