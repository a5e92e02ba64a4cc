/** One block of a comparison: in place with what came and went marked, or the earlier wording beside the later. */
import { useTranslation } from 'react-i18next';
import type { Segment } from '../../shared/api/documents.ts';
import type { NumberedChange } from './compared-sections.ts';
import { onlyForm } from './folded-blocks.ts';

type Props = { readonly change: NumberedChange; readonly columns: boolean };

export function ComparedBlock({ change, columns }: Props) {
  const { t } = useTranslation('review');
  const same = change.kind === 'same';
  const label = onlyForm(change) ? 'form' : change.kind;
  const words = columns ? <Columns change={change} /> : <Words number={change.number} segments={change.segments} />;
  if (same || label === 'same') return <div className="comparison-block">{words}</div>;
  return (
    <div className="comparison-block" data-change={change.kind} tabIndex={-1}>
      <span className="comparison-mark" title={t(`change.${label}.title`)}>
        {t(`change.${label}`)}
      </span>
      {words}
    </div>
  );
}

/** Left what it was, right what it is; a block that is on one side only leaves the other empty. */
function Columns({ change }: { readonly change: NumberedChange }) {
  const { number, segments, kind } = change;
  const earlier = segments.filter((segment) => segment.kind !== 'added');
  const later = segments.filter((segment) => segment.kind !== 'removed');
  return (
    <div className="comparison-columns">
      {kind === 'added' ? <p /> : <Words number="" segments={earlier} />}
      {kind === 'removed' ? <p /> : <Words number={number} segments={later} />}
    </div>
  );
}

function Words({ number, segments }: { readonly number: string; readonly segments: readonly Segment[] }) {
  return (
    <p>
      {number}
      {segments.map(({ kind, text }, index) => {
        // Segments have no identity but their place.
        const key = `${index}`;
        if (kind === 'added') return <ins key={key}>{text}</ins>;
        if (kind === 'removed') return <del key={key}>{text}</del>;
        return <span key={key}>{text}</span>;
      })}
    </p>
  );
}
