/** Proposed changes on a document's page: read once, planned on the draft as it changes, shown in the text and in the rail. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type * as Y from 'yjs';
import type { Proposal } from '../../shared/api/proposals.ts';
import { readContent, type SectionContent } from '../../shared/document/content.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { useAllChanges, useProposals } from '../api/proposals.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import type { ProposedDrawing } from './proposed-drawing.ts';
import { isOpen, itemsOf, type ProposedItem, placeOf } from './proposed-items.ts';

export type ProposedValue = {
  /** Every proposal this reader may see, the oldest first. */
  readonly proposals: readonly Proposal[];
  /** The changes of all that are closed, in the order of the text; the latest proposal first. */
  readonly items: readonly ProposedItem[];
  readonly active: string | null;
  /** Takes a change in hand, and puts a remark that was in hand down. */
  readonly hold: (key: string | null) => void;
  /** Takes a change in hand and brings its place into view. */
  readonly take: (key: string | null) => void;
};

const nothing: ProposedValue = { proposals: [], items: [], active: null, hold: () => undefined, take: () => undefined };
export const ProposedContext = createContext<ProposedValue>(nothing);

export function useProposed(): ProposedValue {
  return useContext(ProposedContext);
}

type Props = { readonly drawing: ProposedDrawing; readonly doc: Y.Doc; readonly children: ReactNode };

export function ProposedProvider({ drawing, doc, children }: Props) {
  const { document, desk, rail, openRail, activeRemarkId, setActiveRemarkId } = useDocumentContext();
  const { data: proposals = none } = useProposals(document.id);
  const closed = useMemo(() => proposals.filter(({ state }) => state !== 'open').map(({ id }) => id), [proposals]);
  const answers = useAllChanges(closed);
  const [active, setActive] = useState<string | null>(null);
  const hold = useCallback(
    (key: string | null) => {
      setActive(key);
      if (key !== null) setActiveRemarkId(null);
    },
    [setActiveRemarkId],
  );
  useEffect(() => {
    if (activeRemarkId !== null) setActive(null);
  }, [activeRemarkId]);
  const adopts = document.may.includes('adopt');
  const keys = useMemo(() => bodyKeys(document.sections), [document.sections]);
  const draft = useDraftContent(doc, keys, adopts && closed.length > 0);
  const items = useMemo(() => itemsOf([...answers].reverse(), draft), [answers, draft]);
  const places = useMemo(
    () => (draft === undefined ? [] : items.filter(isOpen).flatMap((item) => placeOf(item, draft) ?? [])),
    [items, draft],
  );
  useEffect(() => {
    drawing.show(places, active);
    desk?.redraw();
  }, [drawing, desk, places, active]);
  useEffect(() => {
    drawing.heed((key, remarked) => {
      // Where a remark stands on the same words the list one is working in decides.
      if (key === null || (remarked && rail !== 'proposals')) {
        setActive(null);
        return false;
      }
      hold(key);
      openRail('proposals');
      return true;
    });
    return () => drawing.heed(() => false);
  }, [drawing, rail, openRail, hold]);
  const value = useMemo<ProposedValue>(
    () => ({
      proposals,
      items,
      active,
      hold,
      take: (key) => {
        hold(key);
        const place = places.find((one) => one.key === key);
        if (place !== undefined) desk?.revealBlock(place.sectionKey, place.index, place.letters?.from ?? 0);
      },
    }),
    [proposals, items, active, hold, places, desk],
  );
  return <ProposedContext value={value}>{children}</ProposedContext>;
}

const none: readonly Proposal[] = [];
/** Plans need not follow every letter. */
const readEveryMs = 250;

function useDraftContent(doc: Y.Doc, keys: readonly string[], wanted: boolean): readonly SectionContent[] | undefined {
  const [draft, setDraft] = useState<readonly SectionContent[] | undefined>(undefined);
  useEffect(() => {
    if (!wanted) {
      setDraft(undefined);
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      setDraft(readContent(doc, keys));
    };
    const changed = () => {
      timer ??= setTimeout(read, readEveryMs);
    };
    read();
    doc.on('update', changed);
    return () => {
      clearTimeout(timer);
      doc.off('update', changed);
    };
  }, [doc, keys, wanted]);
  return draft;
}
