/**
 * Two versions compared, in the place of the text: insertions underlined, deletions struck through, each changed paragraph
 * named in the margin, unchanged ones folded to their number. N and P go from change to change, Esc returns to the text.
 */
import { Button } from 'antd';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompareAnswer } from '../../shared/api/documents.ts';
import { breakTitle } from '../../shared/official/title-lines.ts';
import { useCompare } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { Loaded } from '../ui/view-state.tsx';
import { comparedSections, type NumberedChange, type ComparedSection as SectionView } from './compared-sections.ts';
import { foldBlocks, onlyForm } from './folded-blocks.ts';
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
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const [whole, setWhole] = useState(false);
  const paper = useRef<HTMLDivElement>(null);
  const step = useSteps(paper);
  useKeys({ n: () => step(1), p: () => step(-1) });
  return (
    <div className="comparison" ref={paper}>
      <Head answer={answer} whole={whole} onWhole={setWhole} onStep={step} />
      <article className="paper comparison-paper" lang="zh-CN">
        <header className="paper-front">
          <h1 className="paper-title">
            {document.title
              .split('\n')
              .flatMap((line) => breakTitle(line))
              .join('\n')}
          </h1>
        </header>
        {comparedSections(answer, document.sections).map((section) => (
          <ComparedSection key={section.key} section={section} whole={whole} />
        ))}
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
};

function Head({ answer, whole, onWhole, onStep }: HeadProps) {
  const { t } = useTranslation('review');
  const { close } = useComparison();
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
        {changed > 0 && (
          <>
            <Button size="small" title="P" onClick={() => onStep(-1)}>
              {t('compare.previous')}
            </Button>
            <Button size="small" title="N" onClick={() => onStep(1)}>
              {t('compare.next')}
            </Button>
          </>
        )}
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

/** Goes from change to change; the one in hand has the focus, so that a screen reader reads it. */
function useSteps(paper: React.RefObject<HTMLDivElement | null>): (step: 1 | -1) => boolean {
  return useCallback(
    (step) => {
      const changes = [...(paper.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
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

function ComparedSection({ section, whole }: { readonly section: SectionView; readonly whole: boolean }) {
  const { t } = useTranslation('review');
  const { blocks, heading, level } = section;
  const Heading = level === 2 ? 'h3' : 'h2';
  const untouched = blocks.length > 0 && blocks.every(({ kind }) => kind === 'same');
  return (
    <section className="comparison-section" data-untouched={untouched}>
      {heading !== '' && <Heading className={`paper-heading paper-heading-${level}`}>{heading}</Heading>}
      {foldBlocks(blocks).map((fold) =>
        fold.kind === 'change' ? (
          <ComparedBlock key={fold.change.blockId} change={fold.change} />
        ) : (
          <Folded
            key={fold.blocks[0]?.blockId ?? ''}
            blocks={fold.blocks}
            open={whole}
            label={t(untouched ? 'compare.unchanged.section' : 'compare.unchanged', { count: fold.blocks.length })}
          />
        ),
      )}
    </section>
  );
}

type FoldedProps = { readonly blocks: readonly NumberedChange[]; readonly open: boolean; readonly label: string };

function Folded({ blocks, open, label }: FoldedProps) {
  const [opened, setOpened] = useState(false);
  if (open || opened) return blocks.map((change) => <ComparedBlock key={change.blockId} change={change} />);
  return (
    <button type="button" className="comparison-fold" aria-expanded={false} onClick={() => setOpened(true)}>
      {label}
    </button>
  );
}

function ComparedBlock({ change }: { readonly change: NumberedChange }) {
  const { t } = useTranslation('review');
  if (change.kind === 'same') {
    return (
      <p className="comparison-block">
        {change.number}
        {change.segments.map(({ text }) => text).join('')}
      </p>
    );
  }
  const label = onlyForm(change) ? 'form' : change.kind;
  return (
    <div className="comparison-block" data-change={change.kind} tabIndex={-1}>
      <span className="comparison-mark" title={t(`change.${label}.title`)}>
        {t(`change.${label}`)}
      </span>
      <p>
        {change.number}
        {change.segments.map(({ kind, text }, index) => {
          // Segments have no identity but their place.
          const key = `${index}`;
          if (kind === 'added') return <ins key={key}>{text}</ins>;
          if (kind === 'removed') return <del key={key}>{text}</del>;
          return <span key={key}>{text}</span>;
        })}
      </p>
    </div>
  );
}
