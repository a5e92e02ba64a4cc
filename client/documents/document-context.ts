/**
 * What the parts of a document's page share: the document, who is looking, what is selected in the text and which remark is
 * in hand. The page provides it; the rails and the actions (client/review) read it. It holds no text and fetches nothing.
 */
import { createContext, useContext } from 'react';
import type { Bookmark } from '../../shared/api/bookmarks.ts';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { Account } from '../../shared/api/people.ts';
import type { AnchorBody } from '../../shared/api/remarks.ts';
import type { RemarkId } from '../../shared/ids.ts';
import type { Desk } from '../editor/desk.ts';

/** The tabs of the rail beside the text. */
export type RailTab = 'remarks' | 'proposals' | 'checks' | 'likeness' | 'versions' | 'hand';

export type DocumentContextValue = {
  /** As last read from the server; refetched by itself on every `changed` frame. */
  readonly document: DocumentView;
  readonly me: Account;
  /**
   * The words selected in the text, also where the text is read-only; null when nothing is selected or the selection leaves
   * its block. It stays while the focus is in the rail, until another place of the text is clicked.
   */
  readonly currentAnchor: AnchorBody | null;
  /** Forgets the selection, after it became a remark or on Esc. */
  readonly clearAnchor: () => void;
  /** The remark in hand: lit in the text and in the rail. */
  readonly activeRemarkId: RemarkId | null;
  readonly setActiveRemarkId: (id: RemarkId | null) => void;
  /** Brings the words of a remark into view and lights them; false when they are no longer in the text. */
  readonly scrollToRemark: (id: RemarkId) => boolean;
  readonly scrollToSection: (key: string) => void;
  /** The block at the top of what can be seen now. */
  readonly topBlock: () => Bookmark | null;
  /** Brings a block into view; false when it is no longer in the text. */
  readonly scrollToBlock: (place: Bookmark) => boolean;
  /** The remarks that stand in the text, in the order of the text. */
  readonly remarkOrder: readonly RemarkId[];
  /** Lights a passage of the text and brings it into view; null lights nothing. False when its words are gone. */
  readonly showPassage: (passage: AnchorBody | null) => boolean;
  /** Which tab of the rail shows; opening one also opens the drawer on narrow screens. */
  readonly rail: RailTab;
  readonly openRail: (tab: RailTab) => void;
  /** The text on the page, for what is brought into it or shown in it; null while there is none. */
  readonly desk: Desk | null;
  /** Resolves once everything typed here is in the database: true; false when it is not within `timeoutMs`. Before 送审. */
  readonly whenStored: (timeoutMs: number) => Promise<boolean>;
};

export const DocumentContext = createContext<DocumentContextValue | null>(null);

/** The page's context; only parts placed on a document's page may ask. */
export function useDocumentContext(): DocumentContextValue {
  const value = useContext(DocumentContext);
  if (value === null) throw new Error('used outside a document page');
  return value;
}
