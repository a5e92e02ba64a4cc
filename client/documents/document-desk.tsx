/**
 * One document on the desk: sections on the left, the paper in the centre, remarks and versions on the right; above, what it
 * is, where its text is, who is here, and what can be done. This composes; the parts know their own business.
 */
import { CloseOutlined } from '@ant-design/icons';
import { Button, Drawer, Tabs } from 'antd';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Account } from '../../shared/api/people.ts';
import type { RemarkId } from '../../shared/ids.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { useDocumentText, useRemarks } from '../api/queries.ts';
import { Comparison } from '../review/comparison.tsx';
import { RemarksRail } from '../review/remarks-rail.tsx';
import { ReviewActions } from '../review/review-actions.tsx';
import { StatusNotice } from '../review/status-notice.tsx';
import { VersionsRail } from '../review/versions-rail.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { oneLine } from '../ui/use-words.ts';
import { Nothing, Waiting } from '../ui/view-state.tsx';
import { DocumentContext, type DocumentContextValue } from './document-context.ts';
import { FindBar } from './find-bar.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { AccessNotice, EndNotice, PasteLine, RefusalNotice } from './notices.tsx';
import { Paper } from './paper.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { Presence } from './presence.tsx';
import { RescueTray } from './rescue-tray.tsx';
import { SaveBadge } from './save-badge.tsx';
import { SectionList } from './section-list.tsx';
import { Tools } from './tools.tsx';
import { useDesk } from './use-desk.ts';
import { useFind } from './use-find.ts';
import { type LiveRoom, useRoom } from './use-room.ts';
import { useTextFacts } from './use-text-facts.ts';
import { useFits } from './use-wide.ts';

type Props = { readonly document: DocumentView; readonly me: Account };

export function DocumentDesk({ document, me }: Props) {
  // A page of an older schema never opens the room: it would not know what it deletes.
  if (document.schema !== schemaNumber) return <EndNotice code={closeCodes.pageTooOld} />;
  return <Opened document={document} me={me} />;
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
  const { room, view } = live;
  const keys = useMemo(() => bodyKeys(document.sections), [document.sections]);
  const facts = useTextFacts(view.doc, keys);
  const deskView = useDesk(live, document, me.id);
  const { desk, section } = deskView;
  const rail = useRail();
  const [sectionsOpen, setSectionsOpen] = useState(false);
  const remark = useActiveRemark(document, deskView, rail.open);
  const [search] = useSearchParams();
  const comparing = search.has('compare');
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
      // Anchors are made by the server from its own ids.
      remarkOrder: facts.remarkOrder as readonly RemarkId[],
      rail: rail.tab,
      openRail: rail.open,
      saveState: view.save,
      whenStored: (timeoutMs) => room.whenStored(timeoutMs),
    }),
    [document, me, deskView.anchor, desk, remark, scrollToSection, facts.remarkOrder, rail, view.save, room],
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
      <div className="document" data-rail={rail.place}>
        <DocumentBar document={document} live={live} />
        <div className="document-columns">
          <SectionsColumn open={sectionsOpen} onOpen={setSectionsOpen} crowded={rail.drawn}>
            {sections}
          </SectionsColumn>
          <div className="document-centre">
            <div className="document-notices">
              <StatusNotice />
              <RescueTray tray={view.tray} sections={document.sections} onDismiss={(id) => room.dismissRescue(id)} />
            </div>
            <div className="document-tools">
              {desk !== null && !comparing && (
                <div className="document-tools-row">
                  <Tools desk={desk} writable={view.writable} onFind={find.ask} />
                  {find.asked > 0 && <FindBar desk={desk} facts={facts} asked={find.asked} onClose={find.close} />}
                </div>
              )}
              <AccessNotice level={view.level} state={document.lifecycle.state} />
              <RefusalNotice view={view} onClose={() => room.dismissRefusal()} />
              {view.ended !== undefined && <EndNotice code={view.ended} />}
              {deskView.pasteNotice !== null && (
                <PasteLine notice={deskView.pasteNotice} onClose={deskView.dismissPaste} />
              )}
            </div>
            <Comparison />
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
        <LeaveGuard unsaved={view.unsaved} kept={view.kept} />
      </div>
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

function DocumentBar({ document, live }: { readonly document: DocumentView; readonly live: LiveRoom }) {
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
      <ReviewActions />
    </header>
  );
}

function SectionsColumn({
  open,
  onOpen,
  crowded,
  children,
}: {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** The rail was drawn out where there is room for one of the two. */
  readonly crowded: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('editor');
  if (useFits('sections') && !crowded) return <aside className="document-sections">{children}</aside>;
  return (
    <>
      <Button className="drawer-handle drawer-handle-left" onClick={() => onOpen(true)}>
        {t('page.openSections')}
      </Button>
      <Drawer
        open={open}
        placement="left"
        size={300}
        title={t('page.sections')}
        onClose={() => onOpen(false)}
        styles={{ body: { padding: 0 } }}
      >
        {children}
      </Drawer>
    </>
  );
}

type Rail = {
  readonly tab: 'remarks' | 'versions';
  /** Where it stands: always there, drawn out beside the paper, laid over it, or put away. */
  readonly place: 'column' | 'drawn' | 'over' | 'away';
  readonly drawn: boolean;
  readonly open: (tab: 'remarks' | 'versions') => void;
  readonly close: () => void;
};

function useRail(): Rail {
  const [tab, setTab] = useState<Rail['tab']>('remarks');
  const [shown, setShown] = useState(false);
  const fits = useFits('rail');
  const fitsDrawn = useFits('drawnRail');
  const open = useCallback((next: Rail['tab']) => {
    setTab(next);
    setShown(true);
  }, []);
  const close = useCallback(() => setShown(false), []);
  const place = fits ? 'column' : shown ? (fitsDrawn ? 'drawn' : 'over') : 'away';
  return useMemo(() => ({ tab, place, drawn: place === 'drawn', open, close }), [tab, place, open, close]);
}

function RailColumn({ rail }: { readonly rail: Rail }) {
  const { t } = useTranslation('editor');
  const { place, tab, open, close } = rail;
  const away =
    place === 'drawn' ? (
      <Button type="text" icon={<CloseOutlined />} aria-label={t('page.closeRail')} onClick={close} />
    ) : undefined;
  const tabs = (
    <Tabs
      className="rail-tabs"
      activeKey={tab}
      onChange={(key) => open(key === 'versions' ? 'versions' : 'remarks')}
      tabBarExtraContent={away}
      items={[
        { key: 'remarks', label: t('page.remarks'), children: <RemarksRail /> },
        { key: 'versions', label: t('page.versions'), children: <VersionsRail /> },
      ]}
    />
  );
  if (place === 'column' || place === 'drawn') {
    return (
      <aside className="document-rail" aria-label={t('page.rail')}>
        {tabs}
      </aside>
    );
  }
  return (
    <>
      <Button className="drawer-handle drawer-handle-right" onClick={() => open(tab)}>
        {t('page.openRail')}
      </Button>
      {/* Without a mask: the text stays at hand while remarks are read and written. */}
      <Drawer
        open={place === 'over'}
        placement="right"
        size={360}
        mask={false}
        title={t('page.rail')}
        onClose={close}
        styles={{ body: { padding: 0 } }}
      >
        {tabs}
      </Drawer>
    </>
  );
}

/** The remark in hand, chosen in the text or in the rail, and lit in both. */
function useActiveRemark(
  document: DocumentView,
  { desk, clickedRemark }: ReturnType<typeof useDesk>,
  openRail: (tab: 'remarks') => void,
) {
  const [active, setActive] = useState<RemarkId | null>(null);
  const remarks = useRemarks(document.id).data;
  const settled = useMemo(
    () => new Set<string>((remarks ?? []).filter(({ fate }) => fate !== 'open').map(({ id }) => id)),
    [remarks],
  );
  useEffect(() => desk?.setRemarks(active, settled), [desk, active, settled]);
  useEffect(() => {
    if (clickedRemark.nth === 0) return;
    // Anchors are made by the server from its own ids.
    setActive(clickedRemark.id as RemarkId | null);
    if (clickedRemark.id !== null) openRail('remarks');
  }, [clickedRemark, openRail]);
  return useMemo(() => ({ active, setActive }), [active]);
}
