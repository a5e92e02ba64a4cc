/**
 * 亲笔 of every document: who asks gets a report or a replay up to a position of the journal. What was walked is kept for the
 * texts that were asked for last and continued from there. A long walk is done in slices between which the server serves
 * others. It knows no rights and no lifecycle.
 */
import { makeReport, type StandingSection } from '../../shared/hand/make-report.ts';
import { makeReplay, type Replay } from '../../shared/hand/replay.ts';
import type { HandReport } from '../../shared/hand/report.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Journal } from '../storage/storage.ts';
import { type Adoption, Walk } from './walk.ts';

export type HandDeps = {
  readonly journal: Pick<Journal, 'entries'>;
  /** What was adopted from proposals into a document, as the server has verified it; without it nothing was. */
  readonly adopted?: (documentId: DocumentId) => Promise<readonly Adoption[]>;
};

/** A journal position; undefined is its end. */
type UpTo = number | undefined;

/** So many walks are kept, each with a copy of its text. */
const keptWalks = 12;
const page = 200;
/** A slice of a walk takes so long before the event loop has its turn. */
const sliceMs = 8;

type Kept = { readonly walk: Walk; turn: Promise<unknown>; replay?: { readonly state: string; readonly made: Replay } };

export class Hand {
  readonly #deps: HandDeps;
  /** By document, and by position where one stopped before the end. The last asked for is the last. */
  readonly #kept = new Map<string, Kept>();

  constructor(deps: HandDeps) {
    this.#deps = deps;
  }

  /** Walks ahead, so that what is asked for next is quickly there. */
  async follow(documentId: DocumentId): Promise<void> {
    await this.#at(documentId, undefined, async () => undefined);
  }

  /** The report on the text of these sections. `upTo` must not lie behind the journal's end. */
  report(documentId: DocumentId, keys: readonly string[], upTo?: number): Promise<HandReport> {
    return this.#at(documentId, upTo, async ({ walk }, pause) => {
      const sections = await standing(walk, keys, pause);
      return makeReport(sections, walk.ledger, walk.stretches.all, walk.seq);
    });
  }

  replay(documentId: DocumentId, keys: readonly string[], upTo?: number): Promise<Replay> {
    return this.#at(documentId, upTo, async (kept, pause) => {
      const { walk } = kept;
      const state = [walk.seq, walk.adopted, ...keys].join();
      if (kept.replay?.state !== state) {
        const sections = await standing(walk, keys, pause);
        kept.replay = { state, made: makeReplay(sections, walk.ledger, walk.removals) };
      }
      return kept.replay.made;
    });
  }

  /** Runs `work` on a walk that stands where it is asked for. One that has gone further cannot go back: then on another. */
  async #at<T>(documentId: DocumentId, upTo: UpTo, work: (kept: Kept, pause: Pause) => Promise<T>): Promise<T> {
    const done = await this.#inTurn(documentId, documentId, upTo, work);
    if (done !== 'beyond') return done.value;
    const anew = await this.#inTurn(`${documentId}@${upTo}`, documentId, upTo, work);
    if (anew === 'beyond') throw new Error(`a walk to ${upTo} has gone beyond it`);
    return anew.value;
  }

  async #inTurn<T>(
    name: string,
    documentId: DocumentId,
    upTo: UpTo,
    work: (kept: Kept, pause: Pause) => Promise<T>,
  ): Promise<{ readonly value: T } | 'beyond'> {
    const kept = this.#keep(name);
    const mine = kept.turn.then(async () => {
      if (upTo !== undefined && kept.walk.seq > upTo) return 'beyond';
      const pause = slices();
      await this.#walk(kept.walk, documentId, upTo, pause);
      return { value: await work(kept, pause) };
    });
    kept.turn = mine.catch(() => {
      // Half an entry may have been taken: who asks next begins anew.
      if (this.#kept.get(name) === kept) this.#kept.delete(name);
    });
    return mine;
  }

  #keep(name: string): Kept {
    const kept = this.#kept.get(name) ?? { walk: new Walk(), turn: Promise.resolve() };
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    for (const [other, { walk, turn }] of this.#kept) {
      if (this.#kept.size <= keptWalks) break;
      this.#kept.delete(other);
      void turn.then(() => walk.close());
    }
    return kept;
  }

  async #walk(walk: Walk, documentId: DocumentId, upTo: UpTo, pause: Pause): Promise<void> {
    for (;;) {
      const limit = upTo === undefined ? page : Math.min(page, upTo - walk.seq);
      const entries = limit > 0 ? await this.#deps.journal.entries(documentId, walk.seq, limit) : [];
      for (const entry of entries) {
        walk.take(entry);
        await pause();
      }
      if (entries.length < page) break;
    }
    if (upTo !== undefined && walk.seq !== upTo) throw new Error(`the journal of ${documentId} ends before ${upTo}`);
    if (this.#deps.adopted !== undefined) walk.adopt(await this.#deps.adopted(documentId));
  }
}

/** Gives the event loop its turn when the slice is used up. */
type Pause = () => Promise<void> | undefined;

function slices(): Pause {
  let end = performance.now() + sliceMs;
  return () => {
    if (performance.now() < end) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        end = performance.now() + sliceMs;
        resolve();
      }),
    );
  };
}

async function standing(walk: Walk, keys: readonly string[], pause: Pause): Promise<StandingSection[]> {
  const sections: StandingSection[] = [];
  for (const key of keys) {
    sections.push(walk.standing(key));
    await pause();
  }
  return sections;
}
