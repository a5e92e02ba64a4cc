/** One document's rescue tray on this machine, open on the page. Who clears a text afterwards asks whether it was kept. */
import type { SectionContent } from '../../shared/document/content.ts';
import { type RescuedSection, type RescueEntry, readTray, settle, writeTray } from './rescue.ts';
import type { Timers } from './timers.ts';
import type { KeyValueStore } from './unsaved.ts';

export class Tray {
  readonly #store: KeyValueStore;
  readonly #userId: string;
  readonly #documentId: string;
  readonly #timers: Timers;
  #entries: RescueEntry[];
  /** Entries for which local storage had no room: on the open page only. */
  #homeless: readonly RescueEntry[] = [];

  constructor(store: KeyValueStore, userId: string, documentId: string, timers: Timers) {
    this.#store = store;
    this.#userId = userId;
    this.#documentId = documentId;
    this.#timers = timers;
    this.#entries = readTray(store, userId, documentId);
  }

  /** What the author can see: entries that were compared with the server's text. */
  get entries(): readonly RescueEntry[] {
    return this.#entries.filter((entry) => entry.pending === undefined);
  }

  /** Keeps a whole text until the server's is there to compare it with; false when it is kept on the open page only. */
  holdBack(code: string, pending: readonly SectionContent[]): boolean {
    const entry = { ...this.#entry(code), sections: [], pending: [...pending] };
    return this.#change((entries) => [...entries, entry]);
  }

  add(code: string, sections: RescuedSection[]): boolean {
    const entry = { ...this.#entry(code), sections };
    return this.#change((entries) => [...entries, entry]);
  }

  /** Compares what was held back with the server's text. */
  settle(theirs: () => readonly SectionContent[]): void {
    if (this.#entries.some((entry) => entry.pending !== undefined))
      this.#change((entries) => settle(entries, theirs()));
  }

  remove(id: string): void {
    this.#change((entries) => entries.filter((entry) => entry.id !== id));
  }

  #entry(code: string) {
    const at = this.#timers.now();
    return { id: `${at.toString(36)}${Math.floor(this.#timers.random() * 1e9).toString(36)}`, at, code };
  }

  /** From what is stored by now: another window of the same person has a tray of its own over the same words. */
  #change(change: (entries: readonly RescueEntry[]) => RescueEntry[]): boolean {
    const stored = readTray(this.#store, this.#userId, this.#documentId);
    this.#entries = change([...stored, ...this.#homeless]);
    try {
      writeTray(this.#store, this.#userId, this.#documentId, this.#entries);
      this.#homeless = [];
      return true;
    } catch {
      // Local storage is full or forbidden; the caller keeps the other copy.
      this.#homeless = this.#entries.filter(({ id }) => stored.every((entry) => entry.id !== id));
      return false;
    }
  }
}
