/**
 * Walks a document's journal from its first entry on and knows, for every letter that stands, with which accepted update it
 * came. It has a copy of the text of its own, made from the journal alone.
 */
import * as Y from 'yjs';
import { countCharacters } from '../../shared/document/content.ts';
import { withoutHousekeeping } from '../../shared/document/housekeeping.ts';
import { blockIdAttribute, isBlockKind, rootOf } from '../../shared/document/schema.ts';
import { Gone, isNew } from '../../shared/hand/gone.ts';
import { Ledger } from '../../shared/hand/ledger.ts';
import type { StandingBlock, StandingPart, StandingSection } from '../../shared/hand/make-report.ts';
import type { Removed } from '../../shared/hand/replay.ts';
import { Stretches } from '../../shared/hand/stretches.ts';
import type { Entry } from '../storage/storage.ts';
import { changesOf, type LetterChanges } from './changes-of.ts';
import { Letters } from './letters.ts';

/** Letters that were found to be adopted from a proposal, by the ids Yjs gave them. */
type AdoptedRange = { readonly client: number; readonly clock: number; readonly length: number };

/** One adopted change. Letters that came with an entry up to `after`, before there was a proposal, are not adopted. */
export type Adoption = { readonly after: number; readonly ranges: readonly AdoptedRange[] };

export class Walk {
  readonly ledger = new Ledger();
  readonly stretches = new Stretches();
  readonly removals: Removed[] = [];
  readonly #doc = withoutHousekeeping(new Y.Doc());
  readonly #letters = new Letters();
  readonly #gone = new Gone();
  #changes: LetterChanges | undefined;
  #seq = 0;
  /** For each batch the position of the entry it came with. */
  readonly #cameWith: number[] = [];
  readonly #adopted = new Set<string>();

  constructor() {
    this.#doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.#changes = changesOf(transaction);
    });
  }

  /** The position of the last entry taken. */
  get seq(): number {
    return this.#seq;
  }

  /** Takes the next entry. Throws when it is not the next one, or rests on what is not there. */
  take(entry: Pick<Entry, 'seq' | 'update' | 'writer' | 'session' | 'cause' | 'at'>): void {
    if (entry.seq !== this.#seq + 1) throw new Error(`entry ${this.#seq + 1} is missing`);
    this.#changes = undefined;
    Y.applyUpdate(this.#doc, entry.update);
    if (this.#doc.store.pendingStructs !== null) throw new Error(`entry ${entry.seq} rests on what is not there`);
    this.#seq = entry.seq;
    const changes: LetterChanges = this.#changes ?? { insertions: [], deletions: [], removed: [] };
    const at = Date.parse(entry.at);
    const written = this.#arrive(changes, entry, at);
    const { writer, session } = entry;
    const removed = changes.removed.reduce((sum, text) => sum + countCharacters(text), 0) - written.moved;
    if (removed > 0) this.removals.push({ at, characters: removed });
    if (writer !== 'server')
      this.stretches.note({ writer, session, at, written: written.fresh, removed: Math.max(0, removed) });
  }

  /** Puts down what came in; how many characters were new, and how many only moved. */
  #arrive({ insertions, deletions }: LetterChanges, { writer, cause }: Pick<Entry, 'writer' | 'cause'>, at: number) {
    this.#gone.note(deletions.map((deletion) => ({ ...deletion, batches: this.#batchesOf(deletion) })));
    const origins = insertions.map(({ text }) => this.#gone.find(text));
    let characters = 0;
    let all = 0;
    insertions.forEach(({ text }, index) => {
      all += countCharacters(text);
      characters += countNew(text, origins[index] ?? []);
    });
    const isFresh = origins.some((batches) => batches.includes(isNew));
    const batch = isFresh ? this.ledger.take({ writer, at, answer: cause === 'sync', characters }) : isNew;
    if (isFresh) this.#cameWith[batch] = this.#seq;
    insertions.forEach(({ client, clock }, index) => {
      const batches = origins[index] ?? [];
      for (let from = 0; from < batches.length; ) {
        let end = from + 1;
        while (end < batches.length && batches[end] === batches[from]) end += 1;
        const old = batches[from] ?? isNew;
        this.#letters.put(client, clock + from, end - from, old === isNew ? batch : old);
        from = end;
      }
    });
    return { fresh: characters, moved: all - characters };
  }

  #batchesOf({ client, clock, text }: { readonly client: number; readonly clock: number; readonly text: string }) {
    const batches: number[] = [];
    for (const { batch, length } of this.#letters.stretches(client, clock, text.length)) {
      for (let index = 0; index < length; index += 1) batches.push(batch);
    }
    return batches;
  }

  /** How many adoptions have been taken into account. */
  get adopted(): number {
    return this.#adopted.size;
  }

  /** Hears of all adoptions, those heard of before too. One whose letters are not here yet waits. */
  adopt(adoptions: readonly Adoption[]): void {
    for (const { after, ranges } of adoptions) {
      const key = ranges.map(({ client, clock, length }) => `${client}:${clock}+${length}`).join();
      if (this.#adopted.has(key)) continue;
      if (!ranges.every(({ client, clock, length }) => this.#letters.has(client, clock + length))) continue;
      this.#adoptOne(after, ranges);
      this.#adopted.add(key);
    }
  }

  #adoptOne(after: number, ranges: readonly AdoptedRange[]): void {
    const lengths = new Map<number, number>();
    for (const { client, clock, length } of ranges) {
      for (const stretch of this.#letters.stretches(client, clock, length)) {
        if (this.ledger.kindOf(stretch.batch) === 'adopted' || (this.#cameWith[stretch.batch] ?? 0) <= after) continue;
        lengths.set(stretch.batch, (lengths.get(stretch.batch) ?? 0) + stretch.length);
      }
    }
    const renamed = new Map<number, number>();
    for (const [batch, length] of lengths) {
      const { characters = 0 } = this.ledger.batches[batch] ?? {};
      // Of a whole batch letters that were moved since go with it.
      if (characters <= length) this.ledger.adopt(batch);
      else renamed.set(batch, this.ledger.adoptPart(batch, length));
    }
    for (const { client, clock, length } of ranges) {
      this.#letters.rename(client, clock, length, (old) => renamed.get(old) ?? old);
    }
  }

  /** The text of one section as it stands, every part with its batch. */
  standing(key: string): StandingSection {
    const blocks: StandingBlock[] = [];
    for (const child of this.#doc.getXmlFragment(rootOf(key)).toArray()) {
      if (!(child instanceof Y.XmlElement) || !isBlockKind(child.nodeName)) continue;
      const parts = child.toArray().flatMap((text) => (text instanceof Y.XmlText ? this.#partsOf(text) : []));
      blocks.push({ id: child.getAttribute(blockIdAttribute) ?? '', kind: child.nodeName, parts: joined(parts) });
    }
    return { key, blocks };
  }

  #partsOf(text: Y.XmlText): StandingPart[] {
    const parts: StandingPart[] = [];
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
      const { str } = item.content;
      let from = 0;
      for (const { batch, length } of this.#letters.stretches(item.id.client, item.id.clock, str.length)) {
        parts.push({ text: str.slice(from, from + length), batch });
        from += length;
      }
    }
    return parts;
  }

  close(): void {
    this.#doc.destroy();
  }
}

function joined(parts: readonly StandingPart[]): StandingPart[] {
  const result: StandingPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last !== undefined && last.batch === part.batch)
      result[result.length - 1] = { ...last, text: last.text + part.text };
    else result.push(part);
  }
  return result;
}

function countNew(text: string, batches: readonly number[]): number {
  if (!batches.includes(isNew)) return 0;
  let fresh = '';
  for (let index = 0; index < text.length; index += 1) if (batches[index] === isNew) fresh += text[index];
  return countCharacters(fresh);
}
