/**
 * Two versions compared, in the place of the text: insertions underlined, deletions struck through, each changed paragraph
 * named in the margin, unchanged ones folded to their number, every remark beside the wording its words have now, and what became
 * of the reviewer's own changes. N and P go from one to the next as they stand, D puts the versions side by side, Esc returns to
 * the text.
 */
import { Button } from 'antd';
import { Fragment, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompareAnswer } from '../../shared/api/documents.ts';
import { breakTitle } from '../../shared/official/title-lines.ts';
import { useCompare, useRemarks } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { BesideChanges } from '../proposals/beside-change.tsx';
import { type PlacedChanges, placeChanges } from '../proposals/placed-changes.ts';
import { useProposed } from '../proposals/proposed.tsx';
import type { ProposedItem } from '../proposals/proposed-items.ts';
import { Loaded } from '../ui/view-state.tsx';
import { Beside } from './beside.tsx';
import { ComparedBlock } from './compared-block.tsx';
import { comparedSections, type NumberedChange, type ComparedSection as SectionView } from './compared-sections.ts';
import { foldBlocks } from './folded-blocks.ts';
import { type PlacedRemarks, placeRemarks } from './placed-remarks.ts';
import './desk.css';
import './review.css';
import { useComparison } from './use-comparison.ts';
import { useKeys } from './use-keys.ts';
import { useReading } from './use-reading.ts';

/** The comparison the page's address asks for; nothing when it asks for none. */
export function Comparison() {
  const { document } = useDocumentContext();
  const { pair } = useComparison();
  const query = useCompare(document.id, pair?.from, pair?.to);
  if (pair === null) return null;
  return <Loaded query={query}>{(answer) => <Compared answer={answer} />}</Loaded>;
}

function Compared({ answer }: { readonly answer: CompareAnswer }) {
  const { t } = useTranslation(['review', 'desk']);
  const { document } = useDocumentContext();
  const [whole, setWhole] = useState(false);
  const paper = useRef<HTMLDivElement>(null);
  const step = useSteps(paper);
  const { columns, setColumns } = useComparison();
  const remarks = useRemarks(document.id).data ?? [];
  const placed = placeRemarks(remarks, answer);
  const changes = placeChanges(useProposed().items, answer, document.round);
  const apart = placed.apart.length > 0 || changes.apart.length > 0;
  useKeys({
    n: () => step(1),
    p: () => step(-1),
    d: () => {
      setColumns(!columns);
      return true;
    },
  });
  return (
    <div className="comparison" data-columns={columns} ref={paper}>
      <Head
        answer={answer}
        whole={whole}
        onWhole={setWhole}
        onStep={step}
        steps={answer.changed > 0 || remarks.length > 0 || changes.beside.size > 0 || apart}
      />
      <article className="paper comparison-paper" lang="zh-CN">
        <header className="paper-front">
          <h1 className="paper-title">
            {document.title
              .split('\n')
              .flatMap((line) => breakTitle(line))
              .join('\n')}
          </h1>
        </header>
        {apart && (
          <section className="comparison-apart">
            {placed.apart.length > 0 && (
              <h2 className="section-title">{t('desk:compare.apart', { count: placed.apart.length })}</h2>
            )}
            <Beside remarks={placed.apart} />
            {changes.apart.length > 0 && (
              <h2 className="section-title">{t('desk:compare.apart.changes', { count: changes.apart.length })}</h2>
            )}
            <BesideChanges items={changes.apart} />
          </section>
        )}
        {comparedSections(answer, document.sections).map((section) => (
          <ComparedSection
            key={section.key}
            section={section}
            whole={whole}
            remarks={placed.beside}
            changes={changes.beside}
            columns={columns}
          />
        ))}
        <p className="comparison-rest">
          {answer.changed === 0
            ? t('compare.none')
            : t('desk:compare.rest', { count: answer.unchanged, from: answer.from })}
        </p>
        <p className="comparison-end" data-paper-end>
          {t('change.end')}
        </p>
      </article>
    </div>
  );
}

type HeadProps = {
  readonly answer: CompareAnswer;
  readonly whole: boolean;
  readonly onWhole: (whole: boolean) => void;
  readonly onStep: (step: 1 | -1) => boolean;
  /** Whether there is anything to step to. */
  readonly steps: boolean;
};

function Head({ answer, whole, onWhole, onStep, steps }: HeadProps) {
  const { t } = useTranslation(['review', 'desk']);
  const { close, columns, setColumns } = useComparison();
  const { baseline } = useReading();
  const { from, to, changed, unchanged } = answer;
  const sinceRead = baseline?.from === from && baseline.to === to;
  return (
    <header className="comparison-head">
      <div className="comparison-head-words">
        <p className="comparison-pair">
          {sinceRead && <strong>{t('compare.since')}</strong>} <span>{t('compare.title', { from, to })}</span>
        </p>
        <p className="secondary">
          {changed === 0 ? t('compare.none') : t('compare.count', { changed, unchanged })}
          {changed > 0 && <span className="comparison-legend">{t('compare.legend')}</span>}
        </p>
      </div>
      <div className="comparison-acts">
        {steps && (
          <>
            <Button size="small" title="P" onClick={() => onStep(-1)}>
              {t('compare.previous')}
            </Button>
            <Button size="small" title="N" onClick={() => onStep(1)}>
              {t('compare.next')}
            </Button>
          </>
        )}
        <Button size="small" title="D" aria-pressed={columns} onClick={() => setColumns(!columns)}>
          {columns ? t('desk:compare.inPlace') : t('desk:compare.columns')}
        </Button>
        <Button size="small" aria-pressed={whole} onClick={() => onWhole(!whole)}>
          {whole ? t('compare.fold') : t('compare.showAll')}
        </Button>
        <Button size="small" title="Esc" onClick={close}>
          {t('compare.close')}
        </Button>
      </div>
    </header>
  );
}

/** Goes from what changed to what stands beside it, in the order of the page; the one in hand has the focus, so that a screen reader reads it. */
function useSteps(paper: React.RefObject<HTMLDivElement | null>): (step: 1 | -1) => boolean {
  return useCallback(
    (step) => {
      const changes = [...(paper.current?.querySelectorAll<HTMLElement>('[data-change], [data-beside]') ?? [])];
      const at = changes.findIndex((change) => change.contains(window.document.activeElement));
      const next =
        at === -1 ? (step === 1 ? changes[0] : changes.at(-1)) : changes[(at + step + changes.length) % changes.length];
      if (next === undefined) return false;
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: 'center' });
      return true;
    },
    [paper],
  );
}

type SectionProps = {
  readonly section: SectionView;
  readonly whole: boolean;
  readonly remarks: PlacedRemarks['beside'];
  readonly changes: PlacedChanges<ProposedItem>['beside'];
  readonly columns: boolean;
};

function ComparedSection({ section, whole, remarks, changes, columns }: SectionProps) {
  const { t } = useTranslation('review');
  const { blocks, heading, level } = section;
  const Heading = level === 2 ? 'h3' : 'h2';
  const spokenOf = ({ blockId }: NumberedChange) => remarks.has(blockId) || changes.has(blockId);
  const untouched = blocks.length > 0 && blocks.every((block) => block.kind === 'same' && !spokenOf(block));
  return (
    <section className="comparison-section" data-untouched={untouched}>
      {heading !== '' && <Heading className={`paper-heading paper-heading-${level}`}>{heading}</Heading>}
      {foldBlocks(blocks, spokenOf).map((fold) =>
        fold.kind === 'change' ? (
          <Fragment key={fold.change.blockId}>
            <ComparedBlock change={fold.change} columns={columns} />
            <Beside remarks={remarks.get(fold.change.blockId)} />
            <BesideChanges items={changes.get(fold.change.blockId)} />
          </Fragment>
        ) : (
          <Folded
            key={fold.blocks[0]?.blockId ?? ''}
            blocks={fold.blocks}
            open={whole}
            columns={columns}
            label={t(untouched ? 'compare.unchanged.section' : 'compare.unchanged', { count: fold.blocks.length })}
          />
        ),
      )}
    </section>
  );
}

type FoldedProps = {
  readonly blocks: readonly NumberedChange[];
  readonly open: boolean;
  readonly label: string;
  readonly columns: boolean;
};

function Folded({ blocks, open, label, columns }: FoldedProps) {
  const [opened, setOpened] = useState(false);
  if (open || opened)
    return blocks.map((change) => <ComparedBlock key={change.blockId} change={change} columns={columns} />);
  return (
    <button type="button" className="comparison-fold" aria-expanded={false} onClick={() => setOpened(true)}>
      {label}
    </button>
  );
}
