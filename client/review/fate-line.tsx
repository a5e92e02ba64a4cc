/** What became of a remark or a change: the fate, whether the reviewer agrees or opened it again, and every step so far. */
import { useTranslation } from 'react-i18next';
import { type FateStep, reopening } from '../../shared/api/fates.ts';
import { useWords } from '../ui/use-words.ts';
import type { Fated } from './answerable.ts';
import './desk.css';
import { FateMark } from './fate-mark.tsx';

export function FateLine({ what }: { readonly what: Fated }) {
  const { t } = useTranslation(['review', 'desk']);
  const words = useWords();
  const { fate, by, at, confirmedBy, history } = what;
  return (
    <div className="remark-fate">
      <FateMark fate={fate} />
      {fate !== 'open' && by !== null && at !== null && (
        <span className="remark-by">{t('remarks.by', { name: by.name, moment: words.moment(at) })}</span>
      )}
      {confirmedBy !== null && (
        <span className="fate-confirmed">{t('desk:confirmed', { name: confirmedBy.name })}</span>
      )}
      {what.words !== '' && <p className="remark-words">{what.words}</p>}
      <Reopened history={history} />
    </div>
  );
}

/** By whom it was opened again and why, as long as nobody has answered since. */
export function Reopened({ history }: Pick<Fated, 'history'>) {
  const step = reopening(history);
  return step === undefined ? null : (
    <div className="fate-reopened">
      <Step step={step} />
    </div>
  );
}

/** One line a step; folded, and left out while it is only what stands above. */
export function FateHistory({ what: { fate, history } }: { readonly what: Fated }) {
  const { t } = useTranslation('desk');
  const told = history.length < 2 && fate !== 'open';
  if (history.length === 0 || told) return null;
  return (
    <details className="remark-history">
      <summary>{t('history', { count: history.length })}</summary>
      <ol>
        {history.map((step) => (
          <li key={step.id}>
            <Step step={step} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Step({ step: { act, fate, words: said, by, at, round } }: { readonly step: FateStep }) {
  const { t } = useTranslation(['desk', 'review']);
  const words = useWords();
  return (
    <>
      <p className="remark-by">
        {t(`history.${fate === 'open' && act === 'set' ? 'open' : act}`, {
          name: by.name,
          fate: t(`review:fate.${fate}`),
          moment: words.moment(at),
        })}{' '}
        <span>{t('review:remarks.round', { round })}</span>
      </p>
      {said !== '' && <p className="remark-words">{said}</p>}
    </>
  );
}
