/**
 * One document on the desk: sections on the left, the paper in the centre, remarks and versions on the right; above, what it
 * is, where its text is, who is here, and what can be done. This composes; the parts know their own business.
 */
import { Button, Drawer } from 'antd';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Account } from '../../shared/api/people.ts';
import { readContent } from '../../shared/document/content.ts';
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
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { Nothing, Waiting } from '../ui/view-state.tsx';
import { DocumentBar } from './document-bar.tsx';
import { DocumentContext, type DocumentContextValue } from './document-context.ts';
import { FindBar } from './find-bar.tsx';
import { AccessNotice, DivergenceNotice, EndNotice, PasteLine, RefusalNotice } from './notices.tsx';
import { pageText } from './page-text.ts';
import { Paper } from './paper.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { RailColumn, useRail } from './rail-column.tsx';
import { RescueTray } from './rescue-tray.tsx';
import { SectionList } from './section-list.tsx';
import { Tools } from './tools.tsx';
import { useActiveRemark } from './use-active-remark.ts';
import { useDesk } from './use-desk.ts';
import { useFind } from './use-find.ts';
import { type LiveRoom, useRoom } from './use-room.ts';
import { useTextFacts } from './use-text-facts.ts';
import { useFits } from './use-wide.ts';

/** Within this time an acknowledgement usually comes, and who leaves need not be asked. */
const storedSoonMs = 800;
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
  const { desk, section } = deskView;
  const rail = useRail();
  const [sectionsOpen, setSectionsOpen] = useState(false);
  // Where there is room for one column beside the paper, a rail that was drawn out takes it.
  const sectionsFit = useFits('sections') && rail.place !== 'drawn';
  const remark = useActiveRemark(document, deskView, rail.open);
  const [search] = useSearchParams();
  const comparing = search.has('compare') || search.has('replay');
  const find = useFind(!comparing);

  const scrollToSection = useCallback(
    (key: string) => {
      setSectionsOpen(false);
      desk?.revealSection(key);
    },
    [desk],
  );
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
      scrollToSection,
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
    [document, me, deskView.anchor, desk, remark, scrollToSection, facts.remarkOrder, rail, room],
  );

  const sections = (
    <SectionList
      sections={document.sections}
      quota={document.quota}
      facts={facts}
      current={section}
      onGo={scrollToSection}
    />
  );
  return (
    <DocumentContext value={context}>
      <ChecksProvider doc={view.doc} ready={view.ready}>
        <ProposedProvider drawing={proposed.drawing} doc={view.doc}>
          <div className="document" data-rail={rail.place}>
            <DocumentBar document={document} live={live} />
            <div className="document-columns">
              <SectionsColumn fits={sectionsFit} open={sectionsOpen} onClose={() => setSectionsOpen(false)}>
                {sections}
              </SectionsColumn>
              <div className="document-centre">
                <div className="document-notices">
                  <StatusNotice />
                  <RescueTray
                    tray={view.tray}
                    sections={document.sections}
                    onDismiss={(id) => room.dismissRescue(id)}
                  />
                </div>
                <div className="document-tools">
                  <div className="document-tools-row">
                    {!sectionsFit && <Button onClick={() => setSectionsOpen(true)}>{t('page.openSections')}</Button>}
                    {desk !== null && !comparing && (
                      <>
                        <Tools desk={desk} writable={view.writable} onFind={find.ask} />
                        {find.asked > 0 && (
                          <FindBar desk={desk} facts={facts} asked={find.asked} onClose={find.close} />
                        )}
                      </>
                    )}
                    {(rail.place === 'away' || rail.place === 'over') && (
                      <Button className="rail-handle" onClick={() => rail.open(rail.tab)}>
                        {t('page.openRail')}
                      </Button>
                    )}
                  </div>
                  <AccessNotice level={view.level} state={document.lifecycle.state} />
                  <RefusalNotice view={view} state={document.lifecycle.state} onClose={() => room.dismissRefusal()} />
                  <DivergenceNotice
                    view={view}
                    text={() => pageText(document.sections, readContent(view.doc, keys))}
                    onRepair={() => room.repair()}
                  />
                  {view.ended !== undefined && <EndNotice code={view.ended} />}
                  {deskView.pasteNotice !== null && (
                    <PasteLine notice={deskView.pasteNotice} onClose={deskView.dismissPaste} />
                  )}
                </div>
                <Comparison />
                <Replay />
                <div hidden={comparing}>
                  {desk === null || !view.ready ? (
                    <div className="paper">
                      <Waiting lines={16} />
                    </div>
                  ) : (
                    <Front document={document}>
                      {(front) => (
                        <Paper
                          desk={desk}
                          front={front}
                          sections={document.sections}
                          facts={facts}
                          writable={view.writable}
                          remarked={remark.any}
                        />
                      )}
                    </Front>
                  )}
                </div>
              </div>
              <RailColumn rail={rail} />
            </div>
            {deskView.pasteOffer !== null && (
              <PasteDialog offer={deskView.pasteOffer} sections={document.sections} onClose={deskView.dismissPaste} />
            )}
            <UnsavedGuard
              dirty={view.unsaved}
              kept={view.kept}
              patienceMs={storedSoonMs}
              words={{
                title: t('leave.title'),
                words: view.kept ? t('leave.words') : t('leave.words.unkept'),
                stay: t('leave.stay'),
                leave: t('leave.go'),
              }}
            />
          </div>
        </ProposedProvider>
      </ChecksProvider>
    </DocumentContext>
  );
}

/** The title block as printed; author and date come with the text the server would print. */
function Front({
  document,
  children,
}: {
  readonly document: DocumentView;
  readonly children: (front: { title: string; byline: string; dateLine: string }) => ReactNode;
}) {
  const { data } = useDocumentText(document.id);
  return children({
    title: document.title,
    byline: data?.byline ?? '',
    dateLine: data?.dateLine ?? '',
  });
}

/** Beside the paper where it fits, otherwise drawn out from the left. */
function SectionsColumn({
  fits,
  open,
  onClose,
  children,
}: {
  readonly fits: boolean;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('editor');
  if (fits) return <aside className="document-sections">{children}</aside>;
  return (
    <Drawer
      open={open}
      placement="left"
      size={300}
      title={t('page.sections')}
      onClose={onClose}
      styles={{ body: { padding: 0 } }}
    >
      {children}
    </Drawer>
  );
}
