/** What a page shows of a room. */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { RefusedFrame, RoomAccess } from '../../shared/protocol/frames.ts';
import type { Present } from './presence.ts';
import type { RescueEntry } from './rescue.ts';
import type { SaveState } from './save-state.ts';

/** A new object for every change. */
export type RoomView = {
  /** Grows when the text was replaced by the server's: editors are built anew. */
  readonly generation: number;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** Whether there is a text to show. */
  readonly ready: boolean;
  readonly writable: boolean;
  readonly level: RoomAccess;
  /** Why the level is what it is, as the server put it. */
  readonly reason: string;
  readonly online: boolean;
  readonly save: SaveState;
  /** Words here that the server has not confirmed. */
  readonly unsaved: boolean;
  /** Whether this machine keeps what is typed. */
  readonly kept: boolean;
  readonly refused: RefusedFrame | null;
  /** This page holds another text than the server; nothing is written here until `repair`. */
  readonly diverged: boolean;
  readonly tray: readonly RescueEntry[];
  readonly signedOut: boolean;
  readonly ended: number | undefined;
  readonly people: readonly Present[];
};
