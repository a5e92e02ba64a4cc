/** How many characters came in which way: a calm bar, and the same in words. */
import { useTranslation } from 'react-i18next';
import { type HandKind, handKinds } from '../../shared/hand/ledger.ts';
import { sumOf } from '../../shared/hand/make-report.ts';
import type { HandCounts } from '../../shared/hand/report.ts';

/** Typed words always have their line, the other kinds where there are any. */
function shownKinds(counts: HandCounts): HandKind[] {
  return handKinds.filter((kind) => kind === 'typed' || counts[kind] > 0);
}

/** Drawn in four patterns; what it says is said in words beside it. */
export function HandBar({ counts }: { readonly counts: HandCounts }) {
  const total = Math.max(1, sumOf(counts));
  return (
    <span className="hand-bar" aria-hidden="true">
      {handKinds.map(
        (kind) =>
          counts[kind] > 0 && (
            <span key={kind} data-kind={kind} style={{ width: `${(100 * counts[kind]) / total}%` }} />
          ),
      )}
    </span>
  );
}

export function HandCountList({ counts }: { readonly counts: HandCounts }) {
  const { t } = useTranslation('hand');
  const total = Math.max(1, sumOf(counts));
  return (
    <dl className="hand-counts">
      {shownKinds(counts).map((kind) => {
        const percent = Math.round((100 * counts[kind]) / total);
        const little = percent === 0 && counts[kind] > 0;
        return (
          <div key={kind}>
            <dt>
              <span className="hand-swatch" data-kind={kind} aria-hidden="true" />
              {t(`kind.${kind}`)}
            </dt>
            <dd className="numbers">{t(little ? 'share.little' : 'share', { count: counts[kind], percent })}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** In one line, for a part of the text. */
export function useCountWords(): (counts: HandCounts) => string {
  const { t } = useTranslation('hand');
  return (counts) =>
    handKinds
      .filter((kind) => counts[kind] > 0)
      .map((kind) => `${t(`kind.${kind}`)} ${counts[kind]}`)
      .join(' · ');
}
