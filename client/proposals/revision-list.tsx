/** The reviewer's changes beside his text, as the author will get them, each with a reason if he wants to give one. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change, ChangeNote } from '../../shared/api/proposals.ts';
import type { ProposalId } from '../../shared/ids.ts';
import type { Proposed } from '../../shared/proposals/changes.ts';
import { notedIds } from '../../shared/proposals/notes.ts';
import { useReason } from '../api/proposals.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { sectionName } from '../documents/section-name.ts';
import { WordsForm } from '../review/words-form.tsx';
import { Nothing } from '../ui/view-state.tsx';
import { bySection } from './by-section.ts';
import { ChangeWords, useChangeKind } from './change-words.tsx';

type Props = {
  readonly proposal: ProposalId;
  readonly proposed: Proposed;
  readonly notes: readonly ChangeNote[];
  readonly writable: boolean;
};

export function RevisionList({ proposal, proposed, notes, writable }: Props) {
  const { t } = useTranslation(['proposals', 'editor']);
  const { document, desk } = useDocumentContext();
  const { changes } = proposed;
  const noted = new Map(notes.filter(({ reason }) => reason !== '').map((note) => [note.key, note]));
  const ids = notedIds(
    changes,
    [...noted.keys()].map((key) => key.slice(proposal.length + 1)),
  );
  const noteOf = ({ id }: Change) => noted.get(`${proposal}.${ids.get(id) ?? id}`);
  const names = { opening: t('editor:sections.opening'), closing: t('editor:sections.closing') };
  if (changes.length === 0) {
    return (
      <div className="rail-body">
        <Nothing title={t('list.empty')}>{t('list.empty.words')}</Nothing>
      </div>
    );
  }
  return (
    <div className="rail-body" data-revisions>
      <p className="rail-head numbers">{t('list.count', { count: changes.length })}</p>
      {bySection(changes, (change) => change, document.sections).map(({ key, section, items }) => (
        <section key={key}>
          <h2 className="section-title">
            {section === undefined ? key : sectionName(section, document.sections, names)}
          </h2>
          <ol className="change-list">
            {items.map((change) => (
              <Row
                key={change.id}
                change={change}
                proposed={proposed}
                noteKey={noteOf(change)?.key ?? `${proposal}.${change.id}`}
                reason={noteOf(change)?.reason ?? ''}
                writable={writable}
                onGo={() => goTo(change)}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );

  function goTo(change: Change): void {
    const { textSpots, origin, labels, baseSpots } = proposed;
    const label = change.id.slice(0, change.id.indexOf('.'));
    const spot = textSpots.find((one) => labels.get(origin.get(one) ?? one) === label);
    // What was removed is shown where it stood.
    const index = spot?.index ?? baseSpots.find((one) => labels.get(one) === label)?.index ?? 0;
    desk?.revealBlock(change.sectionKey, index, 'at' in change ? change.at : 0);
  }
}

type RowProps = {
  readonly change: Change;
  readonly proposed: Proposed;
  readonly noteKey: string;
  readonly reason: string;
  readonly writable: boolean;
  readonly onGo: () => void;
};

function Row({ change, proposed, noteKey, reason, writable, onGo }: RowProps) {
  const { t } = useTranslation('proposals');
  const kindOf = useChangeKind();
  const [open, setOpen] = useState(false);
  const send = useReason();
  return (
    <li className="change" data-change={change.id} data-kind={change.kind}>
      <button type="button" className="change-words" lang="zh-CN" title={t('change.goTo')} onClick={onGo}>
        <span className="change-kind">{kindOf(change)}</span>
        <ChangeWords change={change} proposed={proposed} />
      </button>
      {reason !== '' && !open && <p className="change-reason">{reason}</p>}
      {open && (
        <WordsForm
          kind={`reason.${noteKey}`}
          label={t('reason.label')}
          confirm={t('reason.save')}
          required={false}
          initial={reason}
          onSend={(words) => send.mutateAsync({ key: noteKey, reason: words })}
          onClose={() => setOpen(false)}
        />
      )}
      {writable && !open && (
        <Button size="small" type="text" onClick={() => setOpen(true)}>
          {reason === '' ? t('reason.give') : t('reason.change')}
        </Button>
      )}
    </li>
  );
}
