/**
 * Decisions on their way (审定、退回). A decision takes effect after ten seconds, when its text is left or when the page goes
 * away; until then it can be taken back. It is kept on this machine, by person, from the moment it is made: with the
 * connection down it waits and is sent when the line is back; a page that dies with it sends it when it lives again. A
 * refused one stays, with the reason and its words, until somebody has read that.
 *
 * The book knows neither React nor HTTP; what it needs of the page is handed to it.
 */
import { z } from 'zod';
import { returnReasons } from '../../shared/document/lifecycle.ts';
import { documentId, versionId } from '../../shared/ids.ts';

const verdict = z.discriminatedUnion('act', [
  z.object({ act: z.literal('approve') }),
  z.object({ act: z.literal('return'), reason: z.enum(returnReasons), words: z.string() }),
]);
export type Verdict = z.infer<typeof verdict>;

const decisionSchema = z.object({
  id: z.string(),
  documentId,
  /** The version that was read; the decision is on no other. */
  versionId,
  /** Whose text it is, for the lines that speak of it. */
  name: z.string(),
  verdict,
  dueAt: z.number(),
  /** Which page made it; another page sends it only when that one has not. */
  page: z.string(),
  /** How often it was sent, an answer or not. */
  tries: z.int(),
  /** The last time it was sent no answer came. */
  lost: z.boolean(),
  refused: z.object({ code: z.string(), changes: z.int().nullable() }).nullable(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** `lost`: no answer; it may or may not have arrived. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused'; readonly code: string; readonly changes: number | null };

export type BookPorts = {
  readonly store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly userId: string;
  /** A name for this page that no other has. */
  readonly page: string;
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => () => void;
  readonly send: (decision: Decision) => Promise<Outcome>;
  /** A decision took effect or was refused: what the page shows has changed. */
  readonly settled: (decision: Decision, outcome: Outcome) => void;
};

/** How long a decision can be taken back. */
export const graceMs = 10_000;
/** Another page's decision is taken over when it is overdue by so much: that page is gone or asleep. */
export const takeoverMs = 5_000;
const retryMs = { first: 5_000, most: 30_000 } as const;

export class DecisionBook {
  readonly #ports: BookPorts;
  readonly #listeners = new Set<() => void>();
  readonly #sending = new Set<string>();
  #decisions: readonly Decision[];
  #cancel: (() => void) | undefined;
  #closed = false;
  #made = 0;

  constructor(ports: BookPorts) {
    this.#ports = ports;
    this.#decisions = this.#read();
    this.#plan();
  }

  get #key(): string {
    return `duizhao.decisions.${this.#ports.userId}`;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly Decision[] => this.#decisions;

  /** Writes a decision down. An earlier one on the same text, refused or not yet in effect, gives way to it. */
  decide(made: Pick<Decision, 'documentId' | 'versionId' | 'name' | 'verdict'>): void {
    const { page, now } = this.#ports;
    this.#made += 1;
    const id = `${page}.${this.#made}`;
    const others = this.#decisions.filter((decision) => decision.documentId !== made.documentId);
    this.#write([...others, { ...made, id, page, dueAt: now() + graceMs, tries: 0, lost: false, refused: null }]);
  }

  /** Takes back the last decision that has not taken effect; undefined when there is none. */
  undo(): Decision | undefined {
    const last = this.#decisions.findLast(({ id, refused }) => refused === null && !this.#sending.has(id));
    if (last !== undefined) this.forget(last.id);
    return last;
  }

  /** Forgets a refused decision that has been read. */
  forget(id: string): void {
    this.#write(this.#decisions.filter((decision) => decision.id !== id));
  }

  /** Sends what waits at once: all, or all but those on this text. */
  hurry(except?: string): void {
    const now = this.#ports.now();
    const due = this.#decisions.map((decision) =>
      decision.documentId === except || decision.page !== this.#ports.page || decision.dueAt <= now
        ? decision
        : { ...decision, dueAt: now },
    );
    if (due.some((decision, index) => decision !== this.#decisions[index])) this.#write(due);
    void this.#sendDue();
  }

  /** The line is back, or somebody is signed in again. */
  retry(): void {
    void this.#sendDue(true);
  }

  /** Another page has written in the same book. */
  reread(): void {
    this.#decisions = this.#read();
    this.#told();
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #read(): readonly Decision[] {
    const stored = this.#ports.store.getItem(this.#key);
    if (stored === null) return [];
    try {
      return z.array(decisionSchema).parse(JSON.parse(stored));
    } catch {
      // Written by another release: nobody can say any more what was decided.
      return [];
    }
  }

  #write(decisions: readonly Decision[]): void {
    this.#decisions = decisions;
    if (decisions.length === 0) this.#ports.store.removeItem(this.#key);
    else this.#ports.store.setItem(this.#key, JSON.stringify(decisions));
    this.#told();
  }

  #told(): void {
    this.#plan();
    for (const listener of this.#listeners) listener();
  }

  /** When a decision is to be sent: in time; after a failure later and later; another page's only when that one is gone. */
  #sendAt({ dueAt, tries, page }: Decision): number {
    const wait = tries === 0 ? 0 : Math.min(retryMs.first * 2 ** (tries - 1), retryMs.most);
    return dueAt + wait + (page === this.#ports.page ? 0 : takeoverMs);
  }

  #plan(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const waiting = this.#decisions.filter(({ id, refused }) => refused === null && !this.#sending.has(id));
    if (waiting.length === 0 || this.#closed) return;
    const next = Math.min(...waiting.map((decision) => this.#sendAt(decision)));
    this.#cancel = this.#ports.after(Math.max(0, next - this.#ports.now()), () => void this.#sendDue());
  }

  async #sendDue(eager = false): Promise<void> {
    const now = this.#ports.now();
    const due = this.#decisions.filter(
      (decision) =>
        decision.refused === null &&
        !this.#sending.has(decision.id) &&
        (this.#sendAt(decision) <= now || (eager && decision.lost)),
    );
    await Promise.all(due.map((decision) => this.#send(decision)));
    this.#plan();
  }

  async #send(decision: Decision): Promise<void> {
    this.#sending.add(decision.id);
    // Written down before it goes: a page that dies now knows later that it may have arrived.
    this.#replace(decision.id, { ...decision, tries: decision.tries + 1 });
    const outcome = await this.#ports.send(decision);
    this.#sending.delete(decision.id);
    const { now } = this.#ports;
    if (outcome.kind === 'done') this.forget(decision.id);
    else if (outcome.kind === 'lost') {
      this.#replace(decision.id, { ...decision, tries: decision.tries + 1, lost: true, dueAt: now() });
    } else {
      const refused = { code: outcome.code, changes: outcome.changes };
      this.#replace(decision.id, { ...decision, tries: decision.tries + 1, refused });
    }
    if (outcome.kind !== 'lost') this.#ports.settled(decision, outcome);
  }

  #replace(id: string, next: Decision): void {
    this.#write(this.#decisions.map((decision) => (decision.id === id ? next : decision)));
  }
}
