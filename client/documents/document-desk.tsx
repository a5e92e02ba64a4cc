/**
 * One document on the desk: sections on the left, the paper in the centre, remarks and versions on the right; above, what it
 * is, where its text is, who is here, and what can be done. This composes; the parts know their own business.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Account } from '../../shared/api/people.ts';
import type { RemarkId } from '../../shared/ids.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { useDocumentText } from '../api/queries.ts';
import { ChecksProvider } from '../checks/checks-provider.tsx';
import { Replay } from '../hand/replay.tsx';
import { ProposedProvider } from '../proposals/proposed.tsx';
import { isRevising } from '../proposals/revising.ts';
import { RevisionDesk } from '../proposals/revision-desk.tsx';
import { useProposedDrawing } from '../proposals/use-proposed-drawing.ts';
import { Comparison } from '../review/comparison.tsx';
import { StatusNotice } from '../review/status-notice.tsx';
import { Nothing, Waiting } from '../ui/view-state.tsx';
import { DeskFrame } from './desk-frame.tsx';
import { DocumentContext, type DocumentContextValue } from './document-context.ts';
import { AccessNotice, EndNotice } from './notices.tsx';
import { useRail } from './rail-column.tsx';
import { RescueTray } from './rescue-tray.tsx';
import { useActiveRemark } from './use-active-remark.ts';
import { useDesk } from './use-desk.ts';
import { type LiveRoom, useRoom } from './use-room.ts';
import { useTextFacts } from './use-text-facts.ts';

/** What stands above the text on the page and hides what is below it. */
const barHeight = 120;

type Props = { readonly document: DocumentView; readonly me: Account };

export function DocumentDesk({ document, me }: Props) {
  // A page of an older schema never opens the room: it would not know what it deletes.
  if (document.schema !== schemaNumber) return <EndNotice code={closeCodes.pageTooOld} />;
  return <Chosen document={document} me={me} />;
}

/** The text itself, or the reviewer's own copy of it. */
function Chosen({ document, me }: Props) {
  const [search] = useSearchParams();
  const Chosen = isRevising(search) ? RevisionDesk : Opened;
  return <Chosen document={document} me={me} />;
}

function Opened({ document, me }: Props) {
  const live = useRoom(document, me.id);
  if (live === undefined) return <Waiting lines={12} />;
  const { ended } = live.view;
  if (ended === closeCodes.noAccess || ended === closeCodes.noSuchRoom) {
    return <Gone code={ended} live={live} document={document} />;
  }
  return <Desktop document={document} me={me} live={live} />;
}

/** Access has ended: the text is no longer shown, the author's own unsaved words are. */
function Gone({ code, live, document }: { code: 4403 | 4404; live: LiveRoom; document: DocumentView }) {
  const { t } = useTranslation('editor');
  return (
    <div className="document-gone">
      <Nothing title={t(`end.${code}`)}>{t(`end.${code}.words`)}</Nothing>
      <RescueTray tray={live.view.tray} sections={document.sections} onDismiss={(id) => live.room.dismissRescue(id)} />
    </div>
  );
}

function Desktop({ document, me, live }: Props & { readonly live: LiveRoom }) {
  const { t } = useTranslation('editor');
  const { room, view } = live;
  const keys = useMemo(() => bodyKeys(document.sections), [document.sections]);
  const facts = useTextFacts(view.doc, keys);
  const proposed = useProposedDrawing();
  const deskView = useDesk(live, document, me.id, proposed.drawings);
  const { desk } = deskView;
  const rail = useRail();
  const remark = useActiveRemark(document, deskView, rail.open);
  const [search] = useSearchParams();
  const comparing = search.has('compare') || search.has('replay');
  const text = useDocumentText(document.id).data;
  const context = useMemo<DocumentContextValue>(
    () => ({
      document,
      me,
      currentAnchor: deskView.anchor,
      clearAnchor: () => desk?.clearAnchor(),
      activeRemarkId: remark.active,
      setActiveRemarkId: remark.setActive,
      scrollToRemark: (id) => {
        remark.setActive(id);
        return desk?.revealRemark(id) ?? false;
      },
      scrollToSection: (key) => desk?.revealSection(key),
      showPassage: (passage) => desk?.showPassage(passage) ?? false,
      topBlock: () => desk?.topBlock(barHeight) ?? null,
      scrollToBlock: (place) => desk?.revealBookmark(place) ?? false,
      // Anchors are made by the server from its own ids.
      remarkOrder: facts.remarkOrder as readonly RemarkId[],
      rail: rail.tab,
      openRail: rail.open,
      whenStored: (timeoutMs) => room.whenStored(timeoutMs),
      desk,
    }),
    [document, me, deskView.anchor, desk, remark, facts.remarkOrder, rail, room],
  );
  return (
    <DocumentContext value={context}>
      <ChecksProvider doc={view.doc} ready={view.ready}>
        <ProposedProvider drawing={proposed.drawing} doc={view.doc}>
          <DeskFrame
            document={document}
            live={live}
            deskView={deskView}
            facts={facts}
            // Author and date come with the text the server would print.
            front={{ title: document.title, byline: text?.byline ?? '', dateLine: text?.dateLine ?? '' }}
            notices={<StatusNotice />}
            toolNotices={<AccessNotice level={view.level} state={document.lifecycle.state} />}
            instead={
              <>
                <Comparison />
                <Replay />
              </>
            }
            away={comparing}
            remarked={remark.any}
            rail={rail}
            handle={{ label: t('page.openRail'), tab: rail.tab }}
          />
        </ProposedProvider>
      </ChecksProvider>
    </DocumentContext>
  );
}
