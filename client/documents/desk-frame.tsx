/**
 * The frame of a desk: the bar, the sections on the left, the paper in the centre with what must be told above it, the rail on
 * the right. What stands in it belongs to the text or to the reviewer's copy of it; their desks fill it.
 */
import { Button, Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../shared/api/documents.ts';
import { readContent } from '../../shared/document/content.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { Waiting } from '../ui/view-state.tsx';
import { DocumentBar } from './document-bar.tsx';
import type { RailTab } from './document-context.ts';
import { FindBar } from './find-bar.tsx';
import { DivergenceNotice, EndNotice, PasteLine, RefusalNotice } from './notices.tsx';
import { pageText } from './page-text.ts';
import { Paper } from './paper.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { type Rail, RailColumn } from './rail-column.tsx';
import { RescueTray } from './rescue-tray.tsx';
import { SectionList } from './section-list.tsx';
import { Tools } from './tools.tsx';
import type { DeskView } from './use-desk.ts';
import { useFind } from './use-find.ts';
import type { LiveRoom } from './use-room.ts';
import type { useTextFacts } from './use-text-facts.ts';
import { useFits } from './use-wide.ts';

/** Within this time an acknowledgement usually comes, and who leaves need not be asked. */
const storedSoonMs = 800;

type Props = {
  readonly document: DocumentView;
  readonly live: LiveRoom;
  readonly deskView: DeskView;
  readonly facts: ReturnType<typeof useTextFacts>;
  /** The title block as printed. */
  readonly front: { readonly title: string; readonly byline: string; readonly dateLine: string };
  /** Whether the reviewer's copy is on the paper. */
  readonly revising?: boolean;
  /** What can be done, where it is not the way through review. */
  readonly acts?: ReactNode;
  /** What is told above the text, and what beside its tools. */
  readonly notices: ReactNode;
  readonly toolNotices?: ReactNode;
  /** Stands in the place of the paper when there is something. */
  readonly instead?: ReactNode;
  readonly away?: boolean;
  readonly remarked: boolean;
  readonly rail: Rail;
  /** The button that draws the rail out, and what it shows then. */
  readonly handle: { readonly label: string; readonly tab: RailTab };
  /** In the rail in the place of its tabs. */
  readonly railContent?: ReactNode;
};

export function DeskFrame(props: Props) {
  const { document, live, deskView, facts, rail, handle, revising = false, away = false } = props;
  const { t } = useTranslation('editor');
  const { room, view } = live;
  const { desk } = deskView;
  const [sectionsOpen, setSectionsOpen] = useState(false);
  // Where there is room for one column beside the paper, a rail that was drawn out takes it.
  const sectionsFit = useFits('sections') && rail.place !== 'drawn';
  const find = useFind(!away);
  return (
    <div className="document" data-rail={rail.place} data-revising={revising ? true : undefined}>
      <DocumentBar document={document} live={live} acts={props.acts} />
      <div className="document-columns">
        <SectionsColumn fits={sectionsFit} open={sectionsOpen} onClose={() => setSectionsOpen(false)}>
          <SectionList
            sections={document.sections}
            quota={document.quota}
            facts={facts}
            current={deskView.section}
            onGo={(key) => {
              setSectionsOpen(false);
              desk?.revealSection(key);
            }}
          />
        </SectionsColumn>
        <div className="document-centre">
          <div className="document-notices">
            {props.notices}
            <RescueTray tray={view.tray} sections={document.sections} onDismiss={(id) => room.dismissRescue(id)} />
          </div>
          <div className="document-tools">
            <div className="document-tools-row">
              {!sectionsFit && <Button onClick={() => setSectionsOpen(true)}>{t('page.openSections')}</Button>}
              {desk !== null && !away && (
                <>
                  <Tools desk={desk} writable={view.writable} onFind={find.ask} />
                  {find.asked > 0 && <FindBar desk={desk} facts={facts} asked={find.asked} onClose={find.close} />}
                </>
              )}
              {(rail.place === 'away' || rail.place === 'over') && (
                <Button className="rail-handle" onClick={() => rail.open(handle.tab)}>
                  {handle.label}
                </Button>
              )}
            </div>
            {props.toolNotices}
            <RefusalNotice view={view} state={document.lifecycle.state} onClose={() => room.dismissRefusal()} />
            <DivergenceNotice
              view={view}
              text={() => pageText(document.sections, readContent(view.doc, bodyKeys(document.sections)))}
              onRepair={() => room.repair()}
            />
            {view.ended !== undefined && <EndNotice code={view.ended} />}
            {deskView.pasteNotice !== null && (
              <PasteLine notice={deskView.pasteNotice} onClose={deskView.dismissPaste} />
            )}
          </div>
          {props.instead}
          <div hidden={away}>
            {desk === null || !view.ready ? (
              <div className="paper">
                <Waiting lines={16} />
              </div>
            ) : (
              <Paper
                desk={desk}
                front={props.front}
                sections={document.sections}
                facts={facts}
                writable={view.writable}
                remarked={props.remarked}
              />
            )}
          </div>
        </div>
        <RailColumn rail={rail}>{props.railContent}</RailColumn>
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
  );
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
