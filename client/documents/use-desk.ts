/** The desk of the text that is on the page: made anew with every new shared text, told of every new fact. */
import { useEffect, useMemo, useState } from 'react';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { AnchorBody } from '../../shared/api/remarks.ts';
import { Desk } from '../editor/desk.ts';
import type { PasteNotice, PasteOffer } from '../editor/pasting.ts';
import type { Drawing } from '../editor/section.ts';
import type { LiveRoom } from './use-room.ts';

export type DeskView = {
  readonly desk: Desk | null;
  readonly anchor: AnchorBody | null;
  readonly clickedRemark: { readonly id: string | null; readonly nth: number };
  readonly section: string | null;
  readonly pasteNotice: PasteNotice | null;
  readonly pasteOffer: PasteOffer | null;
  readonly dismissPaste: () => void;
};

export function useDesk(
  { room, view }: LiveRoom,
  document: DocumentView,
  userId: string,
  drawings?: readonly Drawing[],
): DeskView {
  const [desk, setDesk] = useState<Desk | null>(null);
  const [anchor, setAnchor] = useState<AnchorBody | null>(null);
  const [clickedRemark, setClicked] = useState<DeskView['clickedRemark']>({ id: null, nth: 0 });
  const [section, setSection] = useState<string | null>(null);
  const [pasteNotice, setPasteNotice] = useState<PasteNotice | null>(null);
  const [pasteOffer, setPasteOffer] = useState<PasteOffer | null>(null);
  const { doc, awareness, writable } = view;
  const { sections, title, people } = document;
  const facts = useMemo(
    () => ({ userId, sections, front: { title, names: people.map((person) => person.name) }, writable }),
    [userId, sections, title, people, writable],
  );

  // New facts reach the desk below; only a new text makes a new desk.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const made = new Desk(
      doc,
      awareness,
      facts,
      {
        anchored: setAnchor,
        remarkClicked: (id) => setClicked(({ nth }) => ({ id, nth: nth + 1 })),
        pasteNoticed: setPasteNotice,
        pasteOffered: setPasteOffer,
        sectionEntered: setSection,
      },
      drawings,
    );
    setDesk(made);
    setAnchor(null);
    const forget = room.beforeLeaving(() => made.settle());
    return () => {
      forget();
      made.destroy();
    };
  }, [room, doc, awareness]);
  useEffect(() => desk?.setFacts(facts), [desk, facts]);

  return {
    desk: desk?.doc === doc ? desk : null,
    anchor,
    clickedRemark,
    section,
    pasteNotice,
    pasteOffer,
    dismissPaste: () => {
      setPasteNotice(null);
      setPasteOffer(null);
    },
  };
}
