/**
 * 相近: passages that resemble other texts. The author sees his own sentences and what kind of text they resemble; the
 * reviewer sees both. Asked for when the page opens and while this is looked at, never with every letter.
 */
import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LikenessAnswer } from '../../shared/api/likeness.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { groupPassages, type PassageGroup } from './group-passages.ts';
import { PairDialog } from './pair-dialog.tsx';
import { PassageCard } from './passage-card.tsx';
import { useOwnLikeness } from './use-own-likeness.ts';
import './likeness.css';

/** The tab's name, with how many places there are. */
export function LikenessLabel() {
  const { t } = useTranslation('likeness');
  const { query } = useOwnLikeness();
  const count = groupPassages(query.data?.passages ?? []).length;
  return count === 0 ? (
    t('tab')
  ) : (
    <>
      {t('tab')} <span className="rail-count numbers">{count}</span>
    </>
  );
}

export function LikenessRail() {
  const { rail, showPassage } = useDocumentContext();
  const { query, writing } = useOwnLikeness();
  const { refetch } = query;
  const looking = rail === 'likeness';
  useEffect(() => {
    if (!looking) return undefined;
    void refetch();
    return () => {
      showPassage(null);
    };
  }, [looking, refetch, showPassage]);
  return (
    <div className="rail-body">
      <Loaded query={query} lines={5}>
        {(likeness) => (
          <Passages likeness={likeness} writing={writing} busy={query.isFetching} onAgain={() => void refetch()} />
        )}
      </Loaded>
    </div>
  );
}

type Props = {
  readonly likeness: LikenessAnswer;
  readonly writing: boolean;
  readonly busy: boolean;
  readonly onAgain: () => void;
};

function Passages({ likeness, writing, busy, onAgain }: Props) {
  const { t } = useTranslation('likeness');
  const [pair, setPair] = useState<PassageGroup | null>(null);
  const groups = useMemo(() => groupPassages(likeness.passages), [likeness.passages]);
  const again = (
    <Button size="small" loading={busy} onClick={onAgain}>
      {t('again')}
    </Button>
  );
  if (groups.length === 0) {
    return (
      <>
        <Nothing title={t('none')} action={again}>
          {t('none.words')}
        </Nothing>
        <Pace likeness={likeness} />
      </>
    );
  }
  return (
    <>
      <div className="rail-head">
        <span className="numbers">{t('count', { count: groups.length })}</span>
        {again}
      </div>
      <p className="likeness-lead">{t(writing ? 'lead.author' : 'lead.reviewer')}</p>
      <ol className="passage-list">
        {groups.map((group) => (
          <PassageCard key={group.key} group={group} onPair={() => setPair(group)} />
        ))}
      </ol>
      <Pace likeness={likeness} />
      {pair !== null && <PairDialog group={pair} onClose={() => setPair(null)} />}
    </>
  );
}

/** A changed text waits for its next comparison: said, so that nobody wonders. */
function Pace({ likeness }: { readonly likeness: LikenessAnswer }) {
  const { t } = useTranslation('likeness');
  const words = useWords();
  if (likeness.nextComparison === null) return null;
  return <p className="likeness-pace">{t('pace', { moment: words.moment(likeness.nextComparison) })}</p>;
}
