/**
 * How a connection gets the text: its step 1 is answered with all it lacks, and it is sent the server's step 1. A large text
 * that the store has as one piece goes out before it is opened, so that its first reader need not wait for that.
 */
import { encodeSync } from '../../shared/protocol/frames.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from './connection.ts';
import type { LiveText } from './live-text.ts';
import type { Presence } from './presence.ts';

/** Who has had an answer to a step 1 waits so long for the next: each may cost a walk through the whole text. */
const answerEveryMs = 1_000;
/** A large text is opened so long after it was given out as it is, or a little later while the network still takes it. */
const openingMs = 20;
const longestOpeningMs = 500;
/** Some twenty thousand client ids; a document that was written for years by many has hundreds. */
const maxVectorBytes = 256 * 1024;

export type Host = {
  readonly clock: Clock;
  readonly presence: Presence;
  readonly text: () => LiveText;
  /** Runs work when everything in the live text is in the database: at once, or after the commit. */
  readonly whenCommitted: (work: () => void) => void;
};

export class Welcome {
  readonly #host: Host;
  /** Who has not been told the state vector, because the text is not open yet. */
  #ungreeted: Connection[] = [];
  readonly #askedAgain = new Map<Connection, Uint8Array>();
  #cancelOpening: (() => void) | undefined;
  #cancelAnswers: (() => void) | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The server's step 1, as soon as there is a state vector. */
  greet(connection: Connection): void {
    this.#host.whenCommitted(() => {
      const text = this.#host.text();
      if (text.knowsVector) {
        connection.send([encodeSync('step1', text.vector())]);
        connection.greeted = true;
      } else {
        this.#ungreeted.push(connection);
        this.#openSoon(openingMs);
      }
    });
  }

  /** A client's step 1: the first is answered at once, more of them once a second with what was asked last. */
  asked(connection: Connection, stateVector: Uint8Array): void {
    if (stateVector.length > maxVectorBytes) {
      connection.close(4400, 'a state vector too long');
      return;
    }
    const now = this.#host.clock.now();
    if (Math.abs(now - connection.answeredAt) >= answerEveryMs) {
      connection.answeredAt = now;
      this.#host.whenCommitted(() => this.#answer(connection, stateVector));
      return;
    }
    this.#askedAgain.set(connection, stateVector);
    this.#cancelAnswers ??= this.#host.clock.after(answerEveryMs, () => {
      this.#cancelAnswers = undefined;
      const asked = [...this.#askedAgain];
      this.#askedAgain.clear();
      for (const [again, vector] of asked) this.asked(again, vector);
    });
  }

  /** Everybody's presence for one connection. */
  sendPresence(connection: Connection): void {
    const everybody = this.#host.presence.everybody();
    if (everybody !== undefined) connection.send([everybody]);
  }

  leave(connection: Connection): void {
    this.#askedAgain.delete(connection);
    this.#ungreeted = this.#ungreeted.filter((ungreeted) => ungreeted !== connection);
  }

  close(): void {
    this.#cancelOpening?.();
    this.#cancelAnswers?.();
  }

  #answer(connection: Connection, stateVector: Uint8Array): void {
    let update: Uint8Array;
    try {
      update = this.#host.text().since(stateVector);
    } catch {
      // lib0 throws on a state vector that is none.
      connection.close(4400, 'malformed state vector');
      return;
    }
    connection.subscribed = true;
    connection.send([encodeSync('step2', update)]);
    this.sendPresence(connection);
    // The text is on its way: now there is time to open it, unless that would hold everybody up.
    if (this.#ungreeted.includes(connection) && this.#host.text().isAtHand) this.#open();
  }

  #openSoon(waited: number): void {
    this.#cancelOpening ??= this.#host.clock.after(openingMs, () => {
      this.#cancelOpening = undefined;
      const isSending = this.#ungreeted.some((connection) => connection.unsentBytes > 0);
      if (isSending && !this.#host.text().isAtHand && waited < longestOpeningMs) {
        this.#openSoon(waited + openingMs);
        return;
      }
      this.#open();
    });
  }

  #open(): void {
    this.#cancelOpening?.();
    this.#cancelOpening = undefined;
    this.#host.text().open();
    const ungreeted = this.#ungreeted;
    this.#ungreeted = [];
    for (const connection of ungreeted) this.greet(connection);
  }
}
