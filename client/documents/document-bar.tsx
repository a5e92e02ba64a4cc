/** What stands above a text: what it is and its state, where its words are, who is here, what can be done. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../shared/api/documents.ts';
import { ReviewActions } from '../review/review-actions.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { oneLine } from '../ui/use-words.ts';
import { Presence } from './presence.tsx';
import { SaveBadge } from './save-badge.tsx';
import type { LiveRoom } from './use-room.ts';

type Props = {
  readonly document: DocumentView;
  readonly live: LiveRoom;
  /** What can be done, where it is not the way through review. */
  readonly acts?: ReactNode;
};

export function DocumentBar({ document, live, acts = <ReviewActions /> }: Props) {
  const { t } = useTranslation('common');
  const { view } = live;
  return (
    <header className="document-bar">
      <div className="document-name">
        <h1 className="document-title" title={oneLine(document.title)}>
          {document.owner === null ? oneLine(document.title) : `${document.owner.name} · ${t(`kind.${document.kind}`)}`}
        </h1>
        <StateBadge state={document.lifecycle.state} />
        {document.round > 0 && <span className="secondary">{t('round.nth', { round: document.round })}</span>}
      </div>
      <SaveBadge save={view.save} kept={view.kept} />
      <Presence people={view.people} sections={document.sections} />
      {acts}
    </header>
  );
}
