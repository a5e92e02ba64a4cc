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
  /** The server ended the connection for good, or page and server hold different texts. */
  | { readonly state: 'stopped'; readonly code: CloseCode | number | 'diverged' };

export type SaveFacts = {
  readonly ended: number | 'diverged' | undefined;
  readonly writable: boolean;
  /** Whether there is a text to show. */
  readonly ready: boolean;
  readonly live: boolean;
  /** Something typed here is in no message that was sent on the present connection. */
  readonly unsent: boolean;
  readonly owed: boolean;
  /** Since when an acknowledgement is awaited. */
  readonly owedSince: number | null;
  readonly kept: boolean;
  readonly characters: number;
  readonly storedAt: number | null;
};

/** An acknowledgement that takes longer than this is reported: 未入库. */
export const lateAfterMs = 5_000;

export function saveStateOf(facts: SaveFacts, now: number): SaveState {
  if (facts.ended !== undefined) return { state: 'stopped', code: facts.ended };
  if (!facts.ready) return { state: 'connecting' };
  if (facts.unsent || (facts.owed && !facts.live)) return { state: 'local', kept: facts.kept, online: facts.live };
  if (facts.owed) return { state: 'storing', late: facts.owedSince !== null && now - facts.owedSince >= lateAfterMs };
  if (!facts.writable) return { state: 'read_only', online: facts.live };
  if (!facts.live) return { state: 'offline' };
  return { state: 'stored', characters: facts.characters, at: facts.storedAt };
}
