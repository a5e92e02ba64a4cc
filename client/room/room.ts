/**
 * The live document on this page: one Y.Doc, its copy on this machine, its socket, and the truth about where the words are.
 * When the server refuses an update, or page and server turn out to hold different texts and the author agrees, the page
 * goes back to the server's text and the author's words go to the rescue tray.
 * No React and no editor here; both listen.
 */
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { countSection, readContent, type SectionContent } from '../../shared/document/content.ts';
import { withoutHousekeeping } from '../../shared/document/housekeeping.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import type { AccessFrame, AtRestFrame, ChangedFrame, RefusedFrame, RoomAccess } from '../../shared/protocol/frames.ts';
import { Connection } from './connection.ts';
import { hasDiverged } from './divergence.ts';
import { Ledger } from './ledger.ts';
import { forgetLocalCopy, type LocalCopy, withoutCopy } from './local-copy.ts';
import { presentPeople } from './presence.ts';
import { differingParagraphs } from './rescue.ts';
import type { RoomEvents, RoomOptions, RoomParts } from './room-parts.ts';
import type { RoomView } from './room-view.ts';
import { saveStateOf } from './save-state.ts';
import { Tray } from './tray.ts';

/** Everything that is thrown away together when the text starts over. */
type Session = {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly connection: Connection;
  copy: LocalCopy;
  /** The copy on this machine holds words that must not come in here: this text is kept nowhere. */
  apart: boolean;
};

export class Room {
  readonly #options: RoomOptions;
  readonly #parts: RoomParts;
  readonly #events: RoomEvents;
  readonly #listeners = new Set<() => void>();
  readonly #flushers = new Set<() => void>();
  readonly #tray: Tray;
  readonly #ledger: Ledger;
  #keys: readonly string[];
  #session: Session;
  #view: RoomView;
  #generation = 0;
  #ready = false;
  #level: RoomAccess;
  #reason = '';
  #characters = 0;
  #stored: SectionContent[] | undefined;
  #refused: RefusedFrame | null = null;
  #diverged = false;
  #signedOut = false;
  #ended: number | undefined;
  #publishing = false;
  #closed = false;

  constructor(options: RoomOptions, parts: RoomParts, events: RoomEvents) {
    this.#options = options;
    this.#parts = parts;
    this.#events = events;
    this.#keys = options.keys;
    this.#level = options.level;
    const { userId, documentId } = options;
    this.#tray = new Tray(parts.store, userId, documentId, parts.timers);
    this.#session = this.#createSession();
    const page = String(this.#session.doc.clientID);
    this.#ledger = new Ledger(parts.store, userId, documentId, page, parts.timers, () => this.#publish());
    this.#view = this.#look();
  }

  get view(): RoomView {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Registers work that brings what an editor still holds back (a composition) into the text before it is given up. */
  beforeLeaving(flush: () => void): () => void {
    this.#flushers.add(flush);
    return () => this.#flushers.delete(flush);
  }

  /** Loads the copy on this machine, then connects. */
  async open(): Promise<void> {
    await this.#start(this.#session, this.#wantsCopy());
  }

  /** The template's sections changed while the page was open. */
  setKeys(keys: readonly string[]): void {
    this.#keys = keys;
  }

  /** Tries at once: the network is back, or the user has signed in again. */
  retry(): void {
    if (this.#ended !== undefined || this.#diverged || this.#closed) return;
    this.#signedOut = false;
    this.#session.connection.retry();
    this.#publish();
  }

  /** Somebody looks at the page again, or the network is back: a line that died meanwhile is replaced. */
  wake(): void {
    this.#session.connection.wake();
  }

  /** The network is gone. */
  lost(): void {
    this.#session.connection.lost();
  }

  /** Resolves true once everything typed here is durable, false when that takes longer than `timeoutMs`. */
  whenStored(timeoutMs: number): Promise<boolean> {
    for (const flush of this.#flushers) flush();
    if (!this.#ledger.open && this.#session.connection.synced) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (stored: boolean): void => {
        cancel();
        unsubscribe();
        resolve(stored);
      };
      const unsubscribe = this.subscribe(() => {
        if (!this.#ledger.open && this.#session.connection.synced) finish(true);
      });
      const cancel = this.#parts.timers.after(timeoutMs, () => finish(false));
    });
  }

  /** The author has what he needs of these words. */
  dismissRescue(id: string): void {
    this.#tray.remove(id);
    this.#publish();
  }

  dismissRefusal(): void {
    this.#refused = null;
    this.#publish();
  }

  /** The server's text instead of the one that differs from it; the author's paragraphs that differ go to the tray. */
  repair(): void {
    if (this.#diverged && !this.#closed) void this.#startOver('diverged', null);
  }

  close(): void {
    if (this.#closed) return;
    for (const flush of this.#flushers) flush();
    this.#closed = true;
    this.#ledger.close();
    void this.#discard(this.#session, false);
    this.#listeners.clear();
  }

  // — building and leaving —

  #createSession(): Session {
    const doc = withoutHousekeeping(new Y.Doc());
    const awareness = new Awareness(doc);
    const connection = new Connection(
      this.#options.url,
      doc,
      awareness,
      this.#parts.openSocket,
      this.#parts.timers,
      this.#listenerFor(doc),
    );
    doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.#typed();
    });
    awareness.on('change', () => this.#publish());
    return { doc, awareness, connection, copy: withoutCopy, apart: false };
  }

  /** Readers keep nothing on this machine; a former writer's copy is opened once more if it holds unsaved words. */
  #wantsCopy(): boolean {
    const { userId, documentId } = this.#options;
    if (this.#level === 'write' || this.#ledger.marked) return true;
    forgetLocalCopy(userId, documentId);
    return false;
  }

  async #start(session: Session, withCopy: boolean): Promise<void> {
    if (withCopy) {
      const { copy, loaded } = this.#openCopy(session);
      const had = await loaded;
      if (this.#closed || session !== this.#session) return;
      // Marks of which an open copy has no words stand for words that are lost, and do not warn for ever.
      if (had || copy.keeps) this.#ledger.recall();
      if (had) {
        this.#ready = true;
        this.#count();
      }
    }
    session.connection.start();
    this.#publish();
  }

  #openCopy(session: Session): { readonly copy: LocalCopy; readonly loaded: Promise<boolean> } {
    const copy = this.#parts.openCopy(this.#options.userId, this.#options.documentId, session.doc);
    session.copy = copy;
    return { copy, loaded: copy.loaded };
  }

  /** Who may write only now has kept nothing so far. */
  #keepFromNowOn(session: Session): void {
    if (this.#level !== 'write' || session.copy !== withoutCopy || session.apart) return;
    void this.#openCopy(session).loaded.then(() => this.#publish());
  }

  async #discard(session: Session, forget: boolean): Promise<void> {
    session.connection.destroy();
    const { copy } = session;
    session.copy = withoutCopy;
    await (forget ? copy.clear() : copy.close());
    session.awareness.destroy();
    session.doc.destroy();
  }

  // — what the connection reports —

  #listenerFor(doc: Y.Doc) {
    const mine = (): boolean => this.#session.doc === doc && !this.#closed;
    return {
      changed: () => {
        if (!mine()) return;
        if (this.#session.connection.phase !== 'live') this.#ledger.interrupted();
        this.#publish();
      },
      answering: (ahead: boolean): boolean => this.#ledger.sending(ahead),
      synced: () => {
        if (!mine()) return;
        this.#ready = true;
        this.#tray.settle(() => readContent(doc, this.#keys));
        this.#count();
      },
      saved: () => {
        if (mine() && this.#ledger.acknowledged(this.#session.connection.owed)) this.#count();
      },
      access: (frame: AccessFrame) => {
        if (!mine()) return;
        const before = this.#level;
        this.#level = frame.level;
        this.#reason = before === frame.level ? '' : frame.reason;
        this.#events.access(frame);
        this.#keepFromNowOn(this.#session);
        this.#publish();
      },
      refused: (frame: RefusedFrame) => {
        if (mine()) void this.#startOver(frame.code, frame);
      },
      announced: (frame: ChangedFrame) => {
        if (mine()) this.#events.announced(frame);
      },
      atRest: (frame: AtRestFrame) => {
        if (mine() && hasDiverged(doc, frame)) this.#stop();
      },
      ended: (code: number) => {
        if (mine()) this.#endedBy(code);
      },
    };
  }

  #typed(): void {
    this.#ledger.typed(this.#session.connection.phase === 'live');
    this.#publish();
  }

  #count(): void {
    const content = readContent(this.#session.doc, this.#keys);
    this.#characters = content.reduce((sum, section) => sum + countSection(section), 0);
    if (!this.#ledger.open) this.#stored = content;
  }

  // — refusals, divergence, endings —

  /**
   * This page holds another text than the server. Neither is touched: nothing goes out or comes in any more, the page's
   * text can be read and copied where it stands, until the author asks for the server's.
   */
  #stop(): void {
    this.#diverged = true;
    this.#session.connection.destroy();
    // What an input method still holds is the page's too.
    for (const flush of this.#flushers) flush();
    this.#publish();
  }

  async #startOver(code: string, refused: RefusedFrame | null): Promise<void> {
    const session = this.#session;
    for (const flush of this.#flushers) flush();
    // Who only reads has no words of his own here, and somebody else's are not kept on his machine.
    const own = refused !== null || this.#level === 'write' || this.#ledger.open || this.#ledger.marked;
    const kept = !own || this.#tray.holdBack(code, readContent(session.doc, this.#keys));
    this.#refused = refused;
    this.#diverged = false;
    this.#ledger.close();
    this.#ready = false;
    this.#generation += 1;
    this.#session = this.#createSession();
    const next = this.#session;
    this.#publish();
    if (kept) this.#ledger.unmark();
    // What another window of this person has not stored is in the same copy. And without room for the tray the old copy is
    // the words' only home: it stays, and the fresh text is kept nowhere, or what was refused would come in again.
    next.apart = !kept || this.#ledger.marked;
    await this.#discard(session, !next.apart);
    if (this.#closed) return;
    await this.#start(next, !next.apart && this.#level === 'write');
  }

  #endedBy(code: number): void {
    if (code === closeCodes.signedOut) {
      this.#signedOut = true;
      this.#events.signedOut();
      return;
    }
    this.#ended = code;
    if (code !== closeCodes.noAccess && code !== closeCodes.noSuchRoom) return;
    // What an input method still holds goes with the other words.
    for (const flush of this.#flushers) flush();
    const { userId, documentId } = this.#options;
    const unsaved = this.#ledger.unsent || this.#ledger.marked;
    const mine = unsaved ? differingParagraphs(readContent(this.#session.doc, this.#keys), this.#stored ?? []) : [];
    const kept = mine.length === 0 || this.#tray.add(String(code), mine);
    const { copy } = this.#session;
    this.#session.copy = withoutCopy;
    if (kept) {
      this.#ledger.unmark();
      this.#ledger.close();
      if (this.#ledger.marked) void copy.close();
      else if (copy === withoutCopy) forgetLocalCopy(userId, documentId);
      else void copy.clear();
    }
  }

  // — telling —

  /** Listeners hear once per turn, however much happened in it. */
  #publish(): void {
    if (this.#publishing || this.#closed) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      if (this.#closed) return;
      this.#view = this.#look();
      for (const listener of this.#listeners) listener();
    });
  }

  #look(): RoomView {
    const { doc, awareness, connection, copy } = this.#session;
    const online = connection.phase === 'live';
    const writable = this.#level === 'write' && this.#ready && this.#ended === undefined && !this.#diverged;
    const save = saveStateOf(
      {
        ended: this.#diverged ? 'diverged' : this.#ended,
        writable,
        ready: this.#ready,
        live: online,
        unsent: this.#ledger.unsent,
        owed: this.#ledger.owedSince !== null,
        owedSince: this.#ledger.owedSince,
        kept: copy.keeps,
        characters: this.#characters,
        storedAt: this.#ledger.storedAt,
      },
      this.#parts.timers.now(),
    );
    return {
      generation: this.#generation,
      doc,
      awareness,
      ready: this.#ready,
      writable,
      level: this.#level,
      reason: this.#reason,
      online,
      save,
      unsaved: this.#ledger.open,
      kept: copy.keeps,
      refused: this.#refused,
      diverged: this.#diverged,
      tray: this.#tray.entries,
      signedOut: this.#signedOut,
      ended: this.#ended,
      people: presentPeople(awareness.getStates(), doc.clientID, this.#options.userId),
    };
  }
}
