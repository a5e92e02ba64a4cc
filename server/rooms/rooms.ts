/**
 * What the rest of the server may ask of live documents. `registry.ts` implements it; use cases see only this.
 */
import type * as Y from 'yjs';
import type { SectionContent } from '../../shared/document/content.ts';
import type { RoomId, UserId } from '../../shared/ids.ts';
import type { ChangedTopic, RoomAccess } from '../../shared/protocol/frames.ts';

/** A text at rest: everything in it is in the database at journal position `seq`. */
export type TextAtRest = { readonly content: SectionContent[]; readonly seq: number };

/** What a room must know about its document, read anew on every lifecycle, participant or account change. */
export type RoomFacts = {
  readonly epoch: number;
  /** The keys of the sections that have a body, in order. */
  readonly bodyKeys: readonly string[];
  /** Ids of the document's remarks: the only anchors its text may carry. */
  readonly remarkIds: ReadonlySet<string>;
  /** What a user may do in the room now. */
  readonly accessOf: (userId: UserId) => RoomAccess;
};

/** How rooms ask about documents; undefined when there is no such document. */
export type LoadRoomFacts = (documentId: RoomId) => Promise<RoomFacts | undefined>;

export interface Rooms {
  /** Seeds a new document: one empty paragraph in each section. The only creator of shared text. */
  create(documentId: RoomId, bodyKeys: readonly string[]): Promise<void>;
  /** The text as it stands in the database, live room or not. */
  read(documentId: RoomId, bodyKeys: readonly string[]): Promise<TextAtRest>;
  /** The shared text as it stands in the database, for what `read` leaves out (marks). `see` must not change it. */
  look<T>(documentId: RoomId, bodyKeys: readonly string[], see: (doc: Y.Doc) => T): Promise<T>;
  /**
   * Stops writing, commits what was accepted, runs `work` on the text at rest, then re-reads everybody's access (RM7) and
   * tells them with `reason`. Updates that arrive meanwhile wait and are judged by the new access.
   */
  freeze<T>(
    documentId: RoomId,
    bodyKeys: readonly string[],
    reason: string,
    work: (text: TextAtRest) => Promise<T>,
  ): Promise<T>;
  /** The server's own edit (remark anchors): validated by nobody, committed and published like any other. */
  writeAsServer<T>(documentId: RoomId, change: (doc: Y.Doc) => T): Promise<T>;
  /** Re-reads facts and access after a change; revoked people are closed with 4403, demoted ones told. */
  refresh(documentId: RoomId, reason: string): Promise<void>;
  /** Sends frame 103 to everybody in the room, if it is live. */
  announce(documentId: RoomId, topic: ChangedTopic, id: string): void;
  /** Whether nobody has written here for some seconds: no paragraph is on its way from one place to another. */
  isCalm(documentId: RoomId): boolean;
  /** Ends a user's connections in all rooms (disabled 4403, signed out 4401), or only those of one session. */
  dismiss(userId: UserId, code: 4401 | 4403, session?: string): void;
}
