/**
 * What the page may truthfully say about where the text is. Pure: facts about the socket, the counts of sent and durable
 * updates and the clock go in, one state comes out.
 */
import type { CloseCode } from '../../shared/protocol/close-codes.ts';

export type SaveState =
  /** The first text has not come yet; nothing may be typed. */
  | { readonly state: 'connecting' }
  /** No connection, and nothing here that the server lacks. */
  | { readonly state: 'offline' }
  /** Typed here, not sent yet. `kept`: it survives closing the browser. */
  | { readonly state: 'local'; readonly kept: boolean; readonly online: boolean }
  /** Sent, waiting for the database. `late`: for more than five seconds (未入库). */
  | { readonly state: 'storing'; readonly late: boolean }
  /** Everything typed here is in the database. `at` is null when nothing was typed since the page opened. */
  | { readonly state: 'stored'; readonly characters: number; readonly at: number | null }
  /** The reader's state: the text is followed live and cannot be changed. */
  | { readonly state: 'read_only'; readonly online: boolean }
  /** The server ended the connection for good. */
  | { readonly state: 'stopped'; readonly code: CloseCode | number };
