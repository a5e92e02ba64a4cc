/**
 * The way of an update into the text: it waits within bounds (RM14), is weighed against the rights and the text as they are
 * when its turn comes (RM5, RM7), and is applied. What comes out is a batch to be committed. Who may not write, or writes
 * what may not be, is told or sent away here.
 */
import type { RoomId } from '../../shared/ids.ts';
import { encodeRefused, type UpdateRefusal } from '../../shared/protocol/frames.ts';
import { type Clock, instant } from '../clock.ts';
import type { NewEntry, Writer } from '../storage/storage.ts';
import type { Admission, Denial, Ground } from './admit.ts';
import type { Batch } from './batch.ts';
import type { Connection } from './connection.ts';
import { frameFor, Inbox, type Incoming } from './inbox.ts';
import type { LiveText } from './live-text.ts';
import type { RoomFacts } from './rooms.ts';
import type { Tally } from './tally.ts';
import type { Published } from './turn.ts';
import { Efforts, weigh } from './weigh.ts';

export type IntakeDeps = {
  readonly documentId: RoomId;
  readonly clock: Clock;
  readonly facts: () => RoomFacts;
  readonly text: () => LiveText;
  readonly tally?: Tally | undefined;
};

export class Intake {
  readonly #deps: IntakeDeps;
  readonly #inbox = new Inbox();
  readonly #efforts: Efforts;
  #writers: Map<number, Writer>;
  #ground: Ground | undefined;

  constructor(writers: ReadonlyMap<number, Writer>, deps: IntakeDeps) {
    this.#deps = deps;
    this.#efforts = new Efforts(deps.clock);
    this.#writers = new Map(writers);
  }

  get isEmpty(): boolean {
    return this.#inbox.isEmpty;
  }

  get waiting(): readonly Incoming[] {
    return this.#inbox.waiting;
  }

  /** To whom a client id belongs. */
  ownerOf(client: number): Writer | undefined {
    return this.#writers.get(client);
  }

  claim(client: number, writer: Writer): void {
    this.#writers.set(client, writer);
  }

  /** The text was opened anew. */
  restart(writers: ReadonlyMap<number, Writer>): void {
    this.#writers = new Map(writers);
    this.#ground = undefined;
  }

  /** The facts, or where the text lies, have changed: the next update is weighed against what is then. */
  lookAnew(): void {
    this.#ground = undefined;
  }

  clear(): void {
    this.#inbox.clear();
  }

  /** Takes an update in to wait for a tick; false when its sender was refused. */
  put(incoming: Incoming): boolean {
    const refusal = this.#inbox.put(incoming);
    if (refusal !== undefined) this.#refuse(incoming.from, refusal.code, refusal.detail);
    return refusal === undefined;
  }

  /**
   * Weighs and applies what has arrived, in one Yjs transaction, for at most `budgetMs`; the rest waits for the next tick.
   * Undefined when Yjs could not take an admitted update: the text must be restored, then the others are taken again.
   */
  collect(budgetMs: number): Batch | undefined {
    const entries: NewEntry[] = [];
    const published: Published[] = [];
    const acknowledged = new Map<Connection, number>();
    const deadline = performance.now() + budgetMs;
    const at = instant(this.#deps.clock);
    const text = this.#deps.text();
    let taken = 0;
    let spoiltBy: Incoming | undefined;
    text.doc.transact(() => {
      for (const item of this.#inbox.waiting) {
        if (taken > 0 && taken % 16 === 0 && performance.now() > deadline) break;
        taken += 1;
        const admitted = item.from.trusted ? this.#admit(item) : undefined;
        if (admitted === undefined) continue;
        if (admitted.novel) {
          const { update } = admitted;
          if (!text.apply(update)) {
            spoiltBy = item;
            break;
          }
          entries.push(this.#entry(item, update, admitted.claims, at));
          published.push({ from: item.from, frame: frameFor(item, update) });
        }
        acknowledged.set(item.from, (acknowledged.get(item.from) ?? 0) + 1);
      }
    });
    if (spoiltBy !== undefined) {
      this.#sendAway(spoiltBy);
      return undefined;
    }
    this.#inbox.drop(taken);
    return { entries, published, acknowledged };
  }

  /** Whose update Yjs could not take pays; the others' wait on (RM5). */
  #sendAway(item: Incoming): void {
    this.#inbox.remove(item);
    item.from.trusted = false;
    item.from.close(4400, 'an update that cannot be applied');
  }

  #admit(incoming: Incoming): Admission | undefined {
    const text = this.#deps.text();
    const facts = this.#deps.facts();
    this.#ground ??= {
      doc: text.doc,
      bodyKeys: new Set(facts.bodyKeys),
      remarkIds: facts.remarkIds,
      writers: this.#writers,
    };
    const admitted = weigh(incoming, {
      efforts: this.#efforts,
      ground: this.#ground,
      // Asked of the facts, not of the connection: who has left is not told of new ones, but his last words may still wait.
      mayWrite: facts.accessOf(incoming.from.visitor.userId) === 'write',
      documentBytes: text.bytes,
    });
    if (admitted.ok) return admitted.value;
    this.#deny(incoming.from, admitted.error);
    return undefined;
  }

  #deny(connection: Connection, { code, detail }: Denial): void {
    if (code === 'malformed') {
      connection.trusted = false;
      connection.close(4400, detail);
    } else this.#refuse(connection, code, detail);
  }

  #refuse(connection: Connection, code: UpdateRefusal, detail: string): void {
    const { tally, documentId } = this.#deps;
    connection.phase = 'refused';
    connection.trusted = false;
    tally?.refused(code, documentId, connection.visitor.userId);
    connection.send([encodeRefused({ code, detail })]);
  }

  #entry({ from, cause }: Incoming, update: Uint8Array, claims: readonly number[], at: string): NewEntry {
    const { documentId } = this.#deps;
    const { userId, session } = from.visitor;
    for (const client of claims) this.claim(client, userId);
    return { documentId, update, writer: userId, session, cause, at, claims };
  }
}
