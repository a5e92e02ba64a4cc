/**
 * What was typed here and is not known to be in the database: not sent yet, or sent and not acknowledged. The mark in local
 * storage says the same across a crash. It knows no socket and no text; the room tells it what happens.
 */
import { lateAfterMs } from './save-state.ts';
import type { Timers } from './timers.ts';
import { forgetMarks, type KeyValueStore, type Marks, markSaved, marksOf, markUnsaved } from './unsaved.ts';

export class Ledger {
  readonly #store: KeyValueStore;
  readonly #userId: string;
  readonly #documentId: string;
  readonly #timers: Timers;
  readonly #late: () => void;
  readonly #page: string;
  /** Marks of pages that are no more, or of other windows, whose words the copy on this machine had when it was loaded. */
  #adopted: Marks = new Map();
  #strokes = 0;
  #unsent = false;
  #owedSince: number | null = null;
  #storedAt: number | null = null;
  #cancelLate: (() => void) | undefined;

  /** `page` tells this page from the user's others; `late` is called when an acknowledgement takes too long. */
  constructor(
    store: KeyValueStore,
    userId: string,
    documentId: string,
    page: string,
    timers: Timers,
    late: () => void,
  ) {
    this.#store = store;
    this.#userId = userId;
    this.#documentId = documentId;
    this.#timers = timers;
    this.#late = late;
    this.#page = page;
  }

  get unsent(): boolean {
    return this.#unsent;
  }

  /** Since when an acknowledgement is awaited. */
  get owedSince(): number | null {
    return this.#owedSince;
  }

  /** When the last word typed here became durable. */
  get storedAt(): number | null {
    return this.#storedAt;
  }

  get open(): boolean {
    return this.#unsent || this.#owedSince !== null;
  }

  /** Whether this machine remembers unsaved words, from now or from before a crash. */
  get marked(): boolean {
    return marksOf(this.#store, this.#userId, this.#documentId).size > 0;
  }

  /** The copy of an earlier visit is here: its unsaved words have still to be sent. */
  recall(): void {
    this.#adopted = marksOf(this.#store, this.#userId, this.#documentId);
    this.#unsent = this.#adopted.size > 0;
  }

  typed(live: boolean): void {
    this.#strokes += 1;
    markUnsaved(this.#store, this.#userId, this.#documentId, this.#page, String(this.#strokes));
    if (live) this.#await();
    else this.#unsent = true;
  }

  /** Everything here is being sent; `ahead` says that the server lacks some of it. Returns whether its fate matters. */
  sending(ahead: boolean): boolean {
    const matters = ahead || this.#unsent || this.marked;
    this.#unsent = false;
    if (matters) this.#await();
    return matters;
  }

  /** An acknowledgement came; `owed` says that more are to come. True when with it everything typed here is durable. */
  acknowledged(owed: boolean): boolean {
    if (this.#owedSince === null) return false;
    this.#owedSince = null;
    this.#cancelLate?.();
    if (owed) {
      this.#await();
      return false;
    }
    if (this.#unsent) return false;
    this.unmark();
    this.#storedAt = this.#timers.now();
    return true;
  }

  /** The line broke: what was not acknowledged will be sent again. */
  interrupted(): void {
    if (this.#owedSince !== null) this.#unsent = true;
    this.#owedSince = null;
    this.#cancelLate?.();
  }

  /** What was typed is no longer to be sent. The mark stays until `unmark`: until the words are kept elsewhere. */
  close(): void {
    this.#unsent = false;
    this.#owedSince = null;
    this.#cancelLate?.();
  }

  /** The words of this page, and those it took over, are safe elsewhere. */
  unmark(): void {
    markSaved(this.#store, this.#userId, this.#documentId, this.#page);
    forgetMarks(this.#store, this.#adopted);
    this.#adopted = new Map();
  }

  #await(): void {
    if (this.#owedSince !== null) return;
    this.#owedSince = this.#timers.now();
    this.#cancelLate?.();
    this.#cancelLate = this.#timers.after(lateAfterMs, this.#late);
  }
}
