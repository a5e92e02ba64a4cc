/** A proposed change beside the new wording: what it was, what became of it, and the reviewer's answer to that. */
import { useTranslation } from 'react-i18next';
import { answerableChange } from '../review/answerable.ts';
import { ConfirmActs } from '../review/confirm-acts.tsx';
import { FateLine } from '../review/fate-line.tsx';
import { ChangeWords, useChangeKind } from './change-words.tsx';
import { useProposed } from './proposed.tsx';
import type { ProposedItem } from './proposed-items.ts';
import './proposals.css';

export function BesideChanges({ items }: { readonly items: readonly ProposedItem[] | undefined }) {
  return (items ?? []).map((item) => <BesideChange key={item.note.key} item={item} />);
}

function BesideChange({ item: { change, note, proposed } }: { readonly item: ProposedItem }) {
  const { t } = useTranslation('proposals');
  const { active, hold } = useProposed();
  const kindOf = useChangeKind();
  const inHand = active === note.key;
  return (
    // Stepped to with N and P; the change in hand is the one that Y and X answer.
    <aside
      className="beside"
      tabIndex={-1}
      data-beside={note.key}
      data-active={inHand}
      aria-label={t('act.propose')}
      onFocus={() => hold(note.key)}
    >
      <p className="change-shown" lang="zh-CN">
        <span className="change-kind">{kindOf(change)}</span>
        <ChangeWords change={change} proposed={proposed} />
      </p>
      {note.reason !== '' && <p className="change-reason">{note.reason}</p>}
      <FateLine what={note} />
      <ConfirmActs what={answerableChange(note)} inHand={inHand} />
    </aside>
  );
}
