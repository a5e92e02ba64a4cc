/** What a page's room is given: which text, its ways to the world, and who wants to hear. */
import type { AccessFrame, ChangedFrame, RoomAccess } from '../../shared/protocol/frames.ts';
import type { Socket } from './connection.ts';
import type { OpenLocalCopy } from './local-copy.ts';
import type { Timers } from './timers.ts';
import type { KeyValueStore } from './unsaved.ts';

export type RoomOptions = {
  readonly url: string;
  readonly documentId: string;
  readonly userId: string;
  /** The sections that have a body, in order. */
  readonly keys: readonly string[];
  /** What REST said; the socket's `access` frames win. */
  readonly level: RoomAccess;
};

export type RoomParts = {
  readonly openSocket: (url: string) => Socket;
  readonly openCopy: OpenLocalCopy;
  readonly store: KeyValueStore;
  readonly timers: Timers;
};

export type RoomEvents = {
  readonly announced: (frame: ChangedFrame) => void;
  readonly access: (frame: AccessFrame) => void;
  readonly signedOut: () => void;
};
