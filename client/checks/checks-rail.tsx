/**
 * 检查: what the text is asked, beside it. Questions that stand before a submission come first, then those for author and
 * reviewer, then the author's own; what he has given reasons for is folded away at the end.
 */
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentContext } from '../documents/document-context.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { Checklist } from './checklist.tsx';
import './checks.css';
import { useChecks } from './checks-context.ts';
import { HitCard } from './hit-card.tsx';
import type { HitList } from './hit-groups.ts';
import { isMendable, mend } from './mending.ts';

export function ChecksRail() {
  const { query, list } = useChecks();
  const { document, showPassage, rail } = useDocumentContext();
  const reviews = document.may.includes('return') || document.may.includes('approve');
  // The light goes out with the tab.
  useEffect(() => {
    if (rail !== 'checks') showPassage(null);
  }, [rail, showPassage]);
  return (
    <div className="rail-body">
      <Loaded query={query} lines={5}>
        {({ standing }) => (
          <>
            {reviews && list !== undefined && <Checklist list={list} />}
            <Questions list={list} author={standing === 'author'} />
          </>
        )}
      </Loaded>
    </div>
  );
}

/** One click for all places, where there are several. */
function MendAll({ list }: { readonly list: HitList }) {
  const { t } = useTranslation('checks');
  const { desk } = useDocumentContext();
  const hits = list.open.flatMap(({ groups }) => groups).flatMap((group) => group.hits.filter(isMendable));
  if (desk === null || hits.length < 2) return null;
  return (
    <p className="mend-all">
      <Button size="small" title={t('mend.words')} onClick={() => mend(desk, hits)}>
        {t('mend.all', { count: hits.length })}
      </Button>
    </p>
  );
}

function Questions({ list, author }: { readonly list: HitList | undefined; readonly author: boolean }) {
  const { t } = useTranslation('checks');
  const { document } = useDocumentContext();
  const mayDismiss = document.may.includes('write');
  if (list === undefined) return <p className="secondary">{t('rail.waiting')}</p>;
  if (list.count === 0 && list.dismissed.length === 0) {
    return <Nothing title={t('rail.nothing')}>{t(author ? 'rail.nothing.author' : 'rail.nothing.reviewer')}</Nothing>;
  }
  return (
    <>
      <p className="rail-note secondary">{t(author ? 'rail.words' : 'rail.words.reviewer')}</p>
      {mayDismiss && <MendAll list={list} />}
      {list.open.map(({ severity, groups }) => (
        <section key={severity} className="hit-group" data-severity={severity}>
          <h2 className="section-title">{t(`group.${severity}`)}</h2>
          <ol>
            {groups.map((group) => (
              <HitCard key={group.key} group={group} mayDismiss={mayDismiss} />
            ))}
          </ol>
        </section>
      ))}
      {list.dismissed.length > 0 && (
        // Reasons are read by the reviewer; the author knows his own.
        <details className="hit-group" open={!author}>
          <summary className="section-title">
            {t('group.dismissed')} <span className="numbers">{list.dismissed.length}</span>
          </summary>
          <ol>
            {list.dismissed.map((group) => (
              <HitCard key={group.key} group={group} mayDismiss={mayDismiss} />
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
