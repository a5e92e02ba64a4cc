/**
 * 审改 in the rail: for the author what the reviewer would change, section by section, to be adopted, adopted in his own wording
 * or declined; for the reviewer what became of it.
 */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnfinished } from '../api/proposals.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { sectionName } from '../documents/section-name.ts';
import { neighbour } from '../review/remark-order.ts';
import { useComparison } from '../review/use-comparison.ts';
import { useKeys } from '../review/use-keys.ts';
import { WordsForm } from '../review/words-form.tsx';
import { useWords } from '../ui/use-words.ts';
import { Nothing } from '../ui/view-state.tsx';
import { bySection, type SectionOfChanges } from './by-section.ts';
import { ChangeCard } from './change-card.tsx';
import { useProposed } from './proposed.tsx';
import { isOpen, type ProposedItem } from './proposed-items.ts';
import './proposals.css';
import { useRevising } from './revising.ts';
import { useSettle } from './use-settle.ts';

export function ProposalsRail() {
  const { t } = useTranslation('proposals');
  const { document, rail } = useDocumentContext();
  const { proposals, items, active, take } = useProposed();
  const { begin } = useRevising();
  const { pair } = useComparison();
  const ordered = inRailOrder(items, document.sections);
  const step = (by: 1 | -1): boolean => {
    // A comparison in the text's place has the changes too, and answers these keys itself.
    if (rail !== 'proposals' || pair !== null) return false;
    const next = neighbour(
      ordered.map(({ note }) => note.key),
      active,
      by,
    );
    if (next === undefined) return false;
    take(next);
    return true;
  };
  useKeys({ n: () => step(1), p: () => step(-1) });
  const mine = document.may.includes('propose');
  const going = proposals.some(({ state }) => state === 'open');
  const unfinished = useUnfinished(document.id).data?.changes ?? 0;
  return (
    <div className="rail-body">
      {mine && (
        <div className="composer-kept">
          <p>{unfinished > 0 ? t('rail.unfinished', { count: unfinished }) : t(going ? 'rail.going' : 'rail.begin')}</p>
          <Button onClick={begin} title="Alt+E">
            {t(going || unfinished > 0 ? 'rail.goOn' : 'act.propose')}
          </Button>
        </div>
      )}
      {proposals
        .filter(({ state }) => state !== 'open')
        .toReversed()
        .map((proposal) => (
          <ProposalView key={proposal.id} items={items.filter((item) => item.proposal.id === proposal.id)} />
        ))}
      {items.length === 0 && !mine && <Nothing title={t('rail.empty')}>{t('rail.empty.words')}</Nothing>}
    </div>
  );
}

function inRailOrder(items: readonly ProposedItem[], sections: Parameters<typeof bySection>[2]): ProposedItem[] {
  const proposals = [...new Set(items.map(({ proposal }) => proposal.id))];
  return proposals.flatMap((id) =>
    bySection(
      items.filter(({ proposal }) => proposal.id === id),
      ({ change }) => change,
      sections,
    ).flatMap((section) => section.items),
  );
}

function ProposalView({ items }: { readonly items: readonly ProposedItem[] }) {
  const { t } = useTranslation('proposals');
  const { document } = useDocumentContext();
  const words = useWords();
  const [first] = items;
  if (first === undefined) return null;
  const { proposal } = first;
  const open = items.filter(isOpen).length;
  const at = words.moment(proposal.handedAt ?? proposal.at);
  return (
    <section className="proposal" data-proposal={proposal.id}>
      <p className="rail-head">
        <span>{t('rail.by', { name: proposal.by.name, round: proposal.round, moment: at })}</span>
        <span className="numbers">
          {proposal.state === 'void' ? t('rail.void') : t('rail.count', { count: items.length, open })}
        </span>
      </p>
      {bySection(items, ({ change }) => change, document.sections).map((section) => (
        <SectionView key={section.key} section={section} />
      ))}
    </section>
  );
}

function SectionView({ section }: { readonly section: SectionOfChanges<ProposedItem> }) {
  const { t } = useTranslation(['proposals', 'editor']);
  const { document } = useDocumentContext();
  const names = { opening: t('editor:sections.opening'), closing: t('editor:sections.closing') };
  const name = section.section === undefined ? section.key : sectionName(section.section, document.sections, names);
  const open = section.items.filter(isOpen);
  return (
    <section aria-label={name}>
      <h2 className="section-title">{name}</h2>
      {open.length > 1 && document.may.includes('adopt') && <SectionActs items={open} />}
      <ol className="change-list">
        {section.items.map((item) => (
          <ChangeCard key={item.note.key} item={item} />
        ))}
      </ol>
    </section>
  );
}

/** All of a section at once: what can be adopted without a choice, or none of it with one word for all. */
function SectionActs({ items }: { readonly items: readonly ProposedItem[] }) {
  const { t } = useTranslation('proposals');
  const words = useWords();
  const settle = useSettle();
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useState(0);
  const [error, setError] = useState<unknown>();
  const [declining, setDeclining] = useState(false);
  const adopt = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setLeft(await settle.adoptAll(items));
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  if (declining) {
    return (
      <WordsForm
        kind={`decline.${items[0]?.change.sectionKey ?? ''}`}
        label={t('decline.label')}
        confirm={t('decline.all')}
        required
        onSend={(text) => settle.decline(items, text)}
        onClose={() => setDeclining(false)}
      />
    );
  }
  return (
    <div className="change-acts">
      <Button size="small" loading={busy} onClick={() => void adopt()}>
        {t('adopt.all', { count: items.length })}
      </Button>
      <Button size="small" type="text" onClick={() => setDeclining(true)}>
        {t('decline.all')}
      </Button>
      {left > 0 && <p className="secondary">{t('adopt.left', { count: left })}</p>}
      {error !== undefined && (
        <p className="remark-error" role="alert">
          {words.error(error)}
        </p>
      )}
    </div>
  );
}
