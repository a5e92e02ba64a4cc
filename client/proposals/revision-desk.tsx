/**
 * 审改: the reviewer's own copy of the submitted text, on the same paper. He writes as he would with revisions on; every letter
 * is in the database as in any text, so he can go on tomorrow or at another machine.
 */
import { Button, Drawer } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Account } from '../../shared/api/people.ts';
import type { ChangesAnswer, Proposal } from '../../shared/api/proposals.ts';
import { readContent } from '../../shared/document/content.ts';
import type { ProposalId } from '../../shared/ids.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { useChanges, useMyProposal, useProposals, useUnfinished } from '../api/proposals.ts';
import { useDocumentText } from '../api/queries.ts';
import { DocumentBar } from '../documents/document-bar.tsx';
import { DocumentContext, type DocumentContextValue } from '../documents/document-context.ts';
import { FindBar } from '../documents/find-bar.tsx';
import { DivergenceNotice, EndNotice, PasteLine, RefusalNotice } from '../documents/notices.tsx';
import { pageText } from '../documents/page-text.ts';
import { Paper } from '../documents/paper.tsx';
import { PasteDialog } from '../documents/paste-dialog.tsx';
import { RailColumn, useRail } from '../documents/rail-column.tsx';
import { RescueTray } from '../documents/rescue-tray.tsx';
import { SectionList } from '../documents/section-list.tsx';
import { Tools } from '../documents/tools.tsx';
import { useDesk } from '../documents/use-desk.ts';
import { useFind } from '../documents/use-find.ts';
import { type LiveRoom, useRoom } from '../documents/use-room.ts';
import { useTextFacts } from '../documents/use-text-facts.ts';
import { useFits } from '../documents/use-wide.ts';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { Failed, Loaded, Waiting } from '../ui/view-state.tsx';
import { CarryOffer, LeftBehind } from './carry.tsx';
import './proposals.css';
import { useRevising } from './revising.ts';
import { RevisionActs } from './revision-acts.tsx';
import { RevisionDrawing } from './revision-drawing.ts';
import { RevisionList } from './revision-list.tsx';
import { useCompared } from './use-compared.ts';

type Props = { readonly document: DocumentView; readonly me: Account };

/** While the text is in review the proposal is opened; afterwards the one of this round is only shown. */
export function RevisionDesk({ document, me }: Props) {
  const opens = document.may.includes('propose');
  const unfinished = useUnfinished(document.id);
  const [carry, setCarry] = useState<ProposalId | null | undefined>(undefined);
  // With an answer from before this submission one would begin afresh unasked.
  const asked = unfinished.isSuccess && !unfinished.isFetching;
  const offer = opens && carry === undefined ? unfinished.data : null;
  const mine = useMyProposal(document.id, document.round, opens && asked && offer === null, carry);
  const all = useProposals(document.id);
  const known = mine.data ?? all.data?.findLast(({ by, round }) => by.id === me.id && round === document.round);
  const { end } = useRevising();
  const none = !opens && all.data !== undefined && known === undefined;
  useEffect(() => {
    if (none) end();
  }, [none, end]);
  if (known !== undefined) return <WithVersion document={document} me={me} proposal={known} />;
  if (offer != null) return <CarryOffer unfinished={offer} onChoose={setCarry} />;
  if (unfinished.isError) return <Failed error={unfinished.error} onRetry={() => void unfinished.refetch()} />;
  return opens ? <Loaded query={mine}>{() => <Waiting lines={12} />}</Loaded> : <Waiting lines={12} />;
}

function WithVersion(props: Props & { readonly proposal: Proposal }) {
  const query = useChanges(props.proposal.id);
  return <Loaded query={query}>{(answer) => <Opened {...props} answer={answer} />}</Loaded>;
}

type OpenedProps = Props & { readonly proposal: Proposal; readonly answer: ChangesAnswer };

function Opened(props: OpenedProps) {
  const live = useRoom(props.document, props.me.id, props.proposal.id);
  return live === undefined ? <Waiting lines={12} /> : <Desktop {...props} live={live} />;
}

function Desktop({ document, me, proposal, answer, live }: OpenedProps & { readonly live: LiveRoom }) {
  const { t } = useTranslation(['proposals', 'editor']);
  const { room, view } = live;
  // The version never changes; only reasons do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const base = useMemo(() => answer.base, [proposal.id]);
  const notes = useMemo(() => answer.changes.map(({ note }) => note), [answer]);
  const keys = useMemo(() => bodyKeys(document.sections), [document.sections]);
  const facts = useTextFacts(view.doc, keys);
  const proposed = useCompared(view.doc, base, view.ready);
  const [revisions] = useState(
    () =>
      new RevisionDrawing({
        added: t('kind.added'),
        moved: t('kind.moved'),
        form: t('kind.form'),
        strong: t('kind.look'),
      }),
  );
  const drawings = useMemo(() => [revisions.drawing], [revisions]);
  const deskView = useDesk(live, document, me.id, drawings);
  const { desk, section } = deskView;
  useEffect(() => {
    if (proposed === null) return;
    revisions.show(proposed);
    desk?.redraw();
  }, [revisions, proposed, desk]);
  const rail = useRail();
  const find = useFind(true);
  const [sectionsOpen, setSectionsOpen] = useState(false);
  const sectionsFit = useFits('sections') && rail.place !== 'drawn';
  const front = useDocumentText(document.id, proposal.versionNumber).data;
  const context = useMemo<DocumentContextValue>(
    () => ({
      document,
      me,
      // Remarks stand on the submitted text; here none are made.
      currentAnchor: null,
      clearAnchor: () => undefined,
      activeRemarkId: null,
      setActiveRemarkId: () => undefined,
      scrollToRemark: () => false,
      scrollToSection: (key) => desk?.revealSection(key),
      remarkOrder: [],
      rail: 'proposals',
      openRail: rail.open,
      desk,
      showPassage: (passage) => desk?.showPassage(passage) ?? false,
      topBlock: () => null,
      scrollToBlock: (place) => desk?.revealBookmark(place) ?? false,
      whenStored: (timeoutMs) => room.whenStored(timeoutMs),
    }),
    [document, me, desk, rail, room],
  );
  const sections = (
    <SectionList
      sections={document.sections}
      quota={document.quota}
      facts={facts}
      current={section}
      onGo={(key) => {
        setSectionsOpen(false);
        desk?.revealSection(key);
      }}
    />
  );
  return (
    <DocumentContext value={context}>
      <div className="document" data-rail={rail.place} data-revising>
        <DocumentBar document={document} live={live} acts={<RevisionActs />} />
        <div className="document-columns">
          {sectionsFit ? (
            <aside className="document-sections">{sections}</aside>
          ) : (
            <Drawer
              open={sectionsOpen}
              placement="left"
              size={300}
              title={t('editor:page.sections')}
              onClose={() => setSectionsOpen(false)}
              styles={{ body: { padding: 0 } }}
            >
              {sections}
            </Drawer>
          )}
          <div className="document-centre">
            <div className="document-notices">
              <div className="status-notice" role="status">
                <div className="status-notice-words">
                  {t(view.level === 'write' || !view.ready ? 'desk.words' : 'desk.ended', {
                    number: proposal.versionNumber,
                  })}
                </div>
              </div>
              <LeftBehind changes={answer.left} number={proposal.versionNumber} />
              <RescueTray tray={view.tray} sections={document.sections} onDismiss={(id) => room.dismissRescue(id)} />
            </div>
            <div className="document-tools">
              <div className="document-tools-row">
                {!sectionsFit && <Button onClick={() => setSectionsOpen(true)}>{t('editor:page.openSections')}</Button>}
                {desk !== null && (
                  <>
                    <Tools desk={desk} writable={view.writable} onFind={find.ask} />
                    {find.asked > 0 && <FindBar desk={desk} facts={facts} asked={find.asked} onClose={find.close} />}
                  </>
                )}
                {(rail.place === 'away' || rail.place === 'over') && (
                  <Button className="rail-handle" onClick={() => rail.open('proposals')}>
                    {t('list.open')}
                  </Button>
                )}
              </div>
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
            {desk === null || !view.ready ? (
              <div className="paper">
                <Waiting lines={16} />
              </div>
            ) : (
              <Paper
                desk={desk}
                front={{ title: document.title, byline: front?.byline ?? '', dateLine: front?.dateLine ?? '' }}
                sections={document.sections}
                facts={facts}
                writable={view.writable}
                remarked={false}
              />
            )}
          </div>
          <RailColumn rail={rail}>
            {proposed === null ? (
              <Waiting lines={5} />
            ) : (
              <RevisionList
                proposal={proposal.id}
                proposed={proposed}
                notes={notes}
                writable={view.level === 'write'}
              />
            )}
          </RailColumn>
        </div>
        {deskView.pasteOffer !== null && (
          <PasteDialog offer={deskView.pasteOffer} sections={document.sections} onClose={deskView.dismissPaste} />
        )}
        <UnsavedGuard
          dirty={view.unsaved}
          kept={view.kept}
          patienceMs={800}
          words={{
            title: t('editor:leave.title'),
            words: view.kept ? t('editor:leave.words') : t('editor:leave.words.unkept'),
            stay: t('editor:leave.stay'),
            leave: t('editor:leave.go'),
          }}
        />
      </div>
    </DocumentContext>
  );
}
