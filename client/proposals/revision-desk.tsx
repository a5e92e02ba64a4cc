/**
 * 审改: the reviewer's own copy of the submitted text, on the same paper. He writes as he would with revisions on; every letter
 * is in the database as in any text, so he can go on tomorrow or at another machine.
 */
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Account } from '../../shared/api/people.ts';
import type { ChangesAnswer, Proposal } from '../../shared/api/proposals.ts';
import type { ProposalId } from '../../shared/ids.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { useChanges, useMyProposal, useProposals, useUnfinished } from '../api/proposals.ts';
import { useDocumentText } from '../api/queries.ts';
import { DeskFrame } from '../documents/desk-frame.tsx';
import { DocumentContext, type DocumentContextValue } from '../documents/document-context.ts';
import { useRail } from '../documents/rail-column.tsx';
import { useDesk } from '../documents/use-desk.ts';
import { type LiveRoom, useRoom } from '../documents/use-room.ts';
import { useTextFacts } from '../documents/use-text-facts.ts';
import { Failed, Loaded, Waiting } from '../ui/view-state.tsx';
import { CarryOffer, LeftBehind } from './carry.tsx';
import './proposals.css';
import { useRevising } from './revising.ts';
import { RevisionActs } from './revision-acts.tsx';
import { RevisionDrawing } from './revision-drawing.ts';
import { RevisionList } from './revision-list.tsx';
import { useCompared } from './use-compared.ts';

type Props = { readonly document: DocumentView; readonly me: Account };

/** What was chosen in one round says nothing of the next. */
export function RevisionDesk(props: Props) {
  return <RevisionOfRound key={props.document.round} {...props} />;
}

/** While the text is in review the proposal is opened; afterwards the one of this round is only shown. */
function RevisionOfRound({ document, me }: Props) {
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
  const { t } = useTranslation('proposals');
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
  const { desk } = deskView;
  useEffect(() => {
    if (proposed === null) return;
    revisions.show(proposed);
    desk?.redraw();
  }, [revisions, proposed, desk]);
  const rail = useRail();
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
  return (
    <DocumentContext value={context}>
      <DeskFrame
        document={document}
        live={live}
        deskView={deskView}
        facts={facts}
        front={{ title: document.title, byline: front?.byline ?? '', dateLine: front?.dateLine ?? '' }}
        revising
        acts={<RevisionActs />}
        notices={
          <>
            <div className="status-notice" role="status">
              <div className="status-notice-words">
                {t(view.level === 'write' || !view.ready ? 'desk.words' : 'desk.ended', {
                  number: proposal.versionNumber,
                })}
              </div>
            </div>
            <LeftBehind changes={answer.left} number={proposal.versionNumber} />
          </>
        }
        remarked={false}
        rail={rail}
        handle={{ label: t('list.open'), tab: 'proposals' }}
        railContent={
          proposed === null ? (
            <Waiting lines={5} />
          ) : (
            <RevisionList proposal={proposal.id} proposed={proposed} notes={notes} writable={view.level === 'write'} />
          )
        }
      />
    </DocumentContext>
  );
}
