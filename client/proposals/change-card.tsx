/** One proposed change in the rail: its words, the reason, what became of it, and what author and reviewer can do with it. */
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../shared/proposals/letters.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { answerableChange } from '../review/answerable.ts';
import { ConfirmActs } from '../review/confirm-acts.tsx';
import { FateHistory, FateLine } from '../review/fate-line.tsx';
import { useComparison } from '../review/use-comparison.ts';
import { WordsForm } from '../review/words-form.tsx';
import { useWords } from '../ui/use-words.ts';
import { ChangeWords, useChangeKind } from './change-words.tsx';
import { useProposed } from './proposed.tsx';
import { isOpen, type ProposedItem } from './proposed-items.ts';
import { BothChanged, NotStoredYet, proposedWords, useSettle } from './use-settle.ts';

export function ChangeCard({ item }: { readonly item: ProposedItem }) {
  const { t } = useTranslation('proposals');
  const { document } = useDocumentContext();
  const { active, take } = useProposed();
  const { pair } = useComparison();
  const kindOf = useChangeKind();
  const card = useRef<HTMLLIElement>(null);
  const { change, note, plan, proposal } = item;
  const inHand = active === note.key;
  useEffect(() => {
    if (inHand) card.current?.scrollIntoView({ block: 'nearest' });
  }, [inHand]);
  const adopts = document.may.includes('adopt') && proposal.state === 'handed_over';
  return (
    <li
      ref={card}
      className="change"
      data-active={inHand}
      data-change={change.id}
      data-fate={note.fate}
      data-kind={change.kind}
    >
      <button
        type="button"
        className="change-words"
        lang="zh-CN"
        title={t('change.goTo')}
        onClick={() => take(note.key)}
      >
        <span className="change-kind">{kindOf(change)}</span>
        <ChangeWords change={change} proposed={item.proposed} />
      </button>
      {note.reason !== '' && <p className="change-reason">{note.reason}</p>}
      {isOpen(item) && plan?.result === 'conflict' && <Readings item={item} />}
      {proposal.state === 'handed_over' && (
        <>
          <FateLine what={note} />
          <FateHistory what={note} />
          <ConfirmActs what={answerableChange(note)} inHand={inHand && pair === null} />
        </>
      )}
      {adopts && <Acts item={item} />}
    </li>
  );
}

/** Both have changed the same words: neither reading is lost. */
function Readings({ item }: { readonly item: ProposedItem }) {
  const { t } = useTranslation('proposals');
  const { plan } = item;
  if (plan?.result !== 'conflict') return null;
  const theirs = textOf(plan.theirs);
  return (
    <dl className="change-readings" lang="zh-CN">
      <dt>{t('conflict.mine')}</dt>
      <dd>{plan.place === undefined ? t('conflict.gone') : plan.mine || t('conflict.nothing')}</dd>
      <dt>{t('conflict.theirs')}</dt>
      <dd>{theirs || t('conflict.nothing')}</dd>
    </dl>
  );
}

function Acts({ item }: { readonly item: ProposedItem }) {
  const { t } = useTranslation(['proposals', 'review']);
  const explain = useExplain();
  const settle = useSettle();
  const [open, setOpen] = useState<'edit' | 'decline' | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await act();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const close = () => setOpen(null);
  const { note, plan } = item;
  // What the draft says already is nothing to put another wording over.
  const editable = plan?.result === 'there' ? undefined : proposedWords(item);
  if (open === 'edit') {
    return (
      <WordsForm
        kind={`adopt.${note.key}`}
        label={t('adopt.edit.label')}
        confirm={t('adopt.edit.save')}
        required
        initial={editable ?? ''}
        explain={explain}
        onSend={(text) => settle.adoptAs(item, text)}
        onClose={close}
      />
    );
  }
  if (open === 'decline') {
    return (
      <WordsForm
        kind={`decline.${note.key}`}
        label={t('decline.label')}
        confirm={t('decline.save')}
        required
        onSend={(text) => settle.decline([item], text)}
        onClose={close}
      />
    );
  }
  if (note.fate !== 'open') {
    return (
      <div className="change-acts">
        <Button size="small" type="text" loading={busy} onClick={() => void run(() => settle.reopen(item))}>
          {t('review:fate.undo')}
        </Button>
        <Trouble error={error} />
      </div>
    );
  }
  const both = plan?.result === 'conflict';
  return (
    <div className="change-acts">
      {!(both && plan.place === undefined) && (
        <Button size="small" loading={busy} onClick={() => void run(() => settle.adopt(item, both))}>
          {both ? t('conflict.useTheirs') : plan?.result === 'there' ? t('adopt.there') : t('review:fate.adopted')}
        </Button>
      )}
      {editable !== undefined && (
        <Button size="small" onClick={() => setOpen('edit')}>
          {t('adopt.edit')}
        </Button>
      )}
      <Button size="small" onClick={() => setOpen('decline')}>
        {both ? t('conflict.keepMine') : t('decline')}
      </Button>
      <Trouble error={error} />
    </div>
  );
}

/** What came between, in words. */
function useExplain(): (error: unknown) => string | undefined {
  const { t } = useTranslation('proposals');
  return (error) => {
    if (error instanceof NotStoredYet) return t('adopt.notStored');
    return error instanceof BothChanged ? t('conflict.look') : undefined;
  };
}

function Trouble({ error }: { readonly error: unknown }) {
  const words = useWords();
  const explain = useExplain();
  if (error === undefined) return null;
  return (
    <p className="remark-error" role="alert">
      {explain(error) ?? words.error(error)}
    </p>
  );
}
