/**
 * Updates of somebody who knows Yjs' format and the text, and means no good: valid ones with a few fields changed, spliced,
 * permuted, torn, and ones made up of real neighbours in wrong places. The same seed makes the same updates.
 */
import * as Y from 'yjs';
import { blockText, readContent } from '../../shared/document/content.ts';
import {
  content,
  type ForgedContent,
  type ForgedDeletions,
  type ForgedGroup,
  type ForgedId,
  type ForgedStruct,
  forge,
  takeApart,
} from './adversary-forge.ts';
import type { Random } from './random.ts';

export type Attack = { readonly kind: string; readonly update: Uint8Array };

type Unit = { readonly client: number; readonly clock: number; readonly length: number; readonly holds: string };

/** What he knows: a copy of the text, the client ids that are his, and those of others. */
export type Knowledge = {
  readonly doc: Y.Doc;
  readonly own: readonly number[];
  readonly foreign: readonly number[];
  readonly bodyKeys: readonly string[];
  readonly remarkId: string;
};

const roots = ['s:secret', 'other', '', 's:', '__proto__', 's:opening/../measures'];
const strangeNumbers = [0, 1, 2, 127, 128, 4_294_967_295, 4_294_967_296, 2 ** 31, 2 ** 52, 2 ** 53 - 2, 2 ** 53 - 1];
const words = ['字', '𠮷', '甲乙', '一是', 'x', '𠮷𠮵', '。', '\t'];

export class Adversary {
  readonly #random: Random;
  #known!: Knowledge;
  #units: Unit[] = [];
  #valid: Uint8Array[] = [];
  #seen: Uint8Array[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Looks at the text as it is now and makes some honest updates to start from. */
  study(knowledge: Knowledge, overheard: readonly Uint8Array[]): void {
    this.#known = knowledge;
    this.#units = [];
    for (const structs of knowledge.doc.store.clients.values()) {
      for (const struct of structs) {
        const holds = struct instanceof Y.Item ? struct.content.constructor.name : 'GC';
        this.#units.push({ ...struct.id, length: struct.length, holds });
      }
    }
    this.#seen = [...this.#seen, ...overheard].slice(-60);
    this.#valid = this.#honestUpdates();
  }

  next(): Attack {
    const chance = this.#random.next();
    if (chance < 0.08) return { kind: 'honest', update: this.#pickValid() };
    if (chance < 0.13) return { kind: 'replayed', update: this.#pickSeen() };
    if (chance < 0.23) return { kind: 'bits', update: this.#flipBits(this.#pickAny()) };
    if (chance < 0.27) return { kind: 'cut', update: this.#cut(this.#pickAny()) };
    if (chance < 0.32) return { kind: 'spliced', update: this.#splice() };
    if (chance < 0.35) return { kind: 'merged', update: this.#merge() };
    if (chance < 0.38) return { kind: 'second format', update: Y.convertUpdateFormatV1ToV2(this.#pickValid()) };
    if (chance < 0.62) return { kind: 'surgery', update: this.#operate() };
    if (chance < 0.72) return { kind: 'deletions', update: this.#deleteWildly() };
    return { kind: 'made up', update: this.#makeUp() };
  }

  #honestUpdates(): Uint8Array[] {
    const { doc, bodyKeys, remarkId } = this.#known;
    const fork = new Y.Doc();
    Y.applyUpdate(fork, Y.encodeStateAsUpdate(doc));
    fork.clientID = this.#ownClient();
    const made: Uint8Array[] = [];
    fork.on('update', (update: Uint8Array) => made.push(update));
    for (let each = 0; each < 12; each += 1) {
      if (this.#random.next() < 0.3) fork.clientID = this.#ownClient();
      fork.transact(() => edit(fork, this.#random, bodyKeys, remarkId));
    }
    fork.destroy();
    return made.length === 0 ? [new Uint8Array([0, 0])] : made;
  }

  #pickValid(): Uint8Array {
    return this.#random.pick(this.#valid);
  }

  #pickSeen(): Uint8Array {
    return this.#seen.length === 0 ? this.#pickValid() : this.#random.pick(this.#seen);
  }

  #pickAny(): Uint8Array {
    return this.#random.next() < 0.7 ? this.#pickValid() : this.#pickSeen();
  }

  #flipBits(update: Uint8Array): Uint8Array {
    const changed = update.slice();
    for (let each = 0; each <= this.#random.below(4); each += 1) {
      const at = this.#random.below(changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << this.#random.below(8));
    }
    return changed;
  }

  #cut(update: Uint8Array): Uint8Array {
    if (this.#random.next() < 0.3) return new Uint8Array([...update, ...this.#pickAny()]);
    return update.slice(0, this.#random.below(update.length + 1));
  }

  #splice(): Uint8Array {
    const [one, other] = [this.#pickAny(), this.#pickAny()];
    const head = one.slice(0, this.#random.below(one.length + 1));
    return new Uint8Array([...head, ...other.slice(this.#random.below(other.length + 1))]);
  }

  #merge(): Uint8Array {
    const some = this.#valid.filter(() => this.#random.next() < 0.6);
    return some.length === 0 ? this.#pickValid() : Y.mergeUpdates(some);
  }

  /** A real update with fields changed. */
  #operate(): Uint8Array {
    const { groups, deletions } = takeApart(this.#random.next() < 0.7 ? this.#pickValid() : this.#merge());
    let operated: ForgedGroup[] = groups.map((group) => this.#operateGroup(group));
    if (this.#random.next() < 0.1) operated.reverse();
    if (this.#random.next() < 0.1) operated = [...operated, ...operated];
    if (this.#random.next() < 0.05) operated = operated.map((group) => ({ ...group, count: this.#strange() }));
    return forge(operated, this.#random.next() < 0.3 ? [...deletions, ...this.#wildDeletions(operated)] : deletions);
  }

  #operateGroup(group: ForgedGroup): ForgedGroup {
    const client = this.#random.next() < 0.15 ? this.#anyClient() : group.client;
    const clock = this.#random.next() < 0.15 ? this.#anyClock(client, group.clock) : group.clock;
    let structs = group.structs.map((struct) => (this.#random.next() < 0.4 ? this.#operateStruct(struct) : struct));
    if (this.#random.next() < 0.1) structs = shuffled(structs, this.#random);
    if (this.#random.next() < 0.05) structs = [...structs, ...structs];
    if (this.#random.next() < 0.05) structs = structs.slice(1);
    return { client, clock, structs };
  }

  #operateStruct(struct: ForgedStruct): ForgedStruct {
    switch (this.#random.below(8)) {
      case 0:
        return { ...struct, origin: this.#anyId() };
      case 1:
        return { ...struct, rightOrigin: this.#anyId() };
      case 2:
        return { ...struct, origin: undefined, rightOrigin: undefined, parent: this.#anyParent() };
      case 3:
        return { ...struct, sub: this.#random.pick<string | null>(['id', 'style', '', null]) ?? undefined };
      case 4:
        return { ...struct, info: this.#random.below(256) };
      case 5:
        return { ...struct, origin: undefined };
      default:
        return { ...struct, content: this.#anyContent() };
    }
  }

  #deleteWildly(): Uint8Array {
    const base = this.#random.next() < 0.6 ? takeApart(this.#pickValid()) : { groups: [], deletions: [] };
    return forge(base.groups, this.#wildDeletions(base.groups));
  }

  #wildDeletions(groups: readonly ForgedGroup[]): ForgedDeletions[] {
    const made: ForgedDeletions[] = [];
    for (let each = 0; each <= this.#random.below(3); each += 1) {
      const own = groups.length > 0 && this.#random.next() < 0.4 ? this.#random.pick(groups) : undefined;
      const unit = this.#anyUnit();
      const client = own?.client ?? unit.client;
      const from = own?.clock ?? unit.clock;
      const ranges: [number, number][] = [];
      for (let range = 0; range <= this.#random.below(3); range += 1) {
        const clock = from + this.#random.below(4);
        ranges.push(this.#random.next() < 0.1 ? [clock, this.#strange()] : [clock, this.#random.below(4)]);
      }
      if (this.#random.next() < 0.8) ranges.sort((a, b) => a[0] - b[0]);
      made.push({ client, ranges });
    }
    return made;
  }

  /** Structs of his own among real neighbours, most of them nearly right. */
  #makeUp(): Uint8Array {
    const client = this.#random.next() < 0.9 ? this.#ownClient() : this.#anyClient();
    const clock = this.#random.next() < 0.9 ? Y.getState(this.#known.doc.store, client) : this.#anyClock(client, 0);
    const structs: ForgedStruct[] = [];
    let end = clock;
    for (let each = 0; each <= this.#random.below(5); each += 1) {
      const struct = this.#madeUpStruct(client, clock, end);
      structs.push(struct);
      end += struct.content.length;
    }
    const group = { client, clock, structs };
    const deletions = this.#random.next() < 0.25 ? this.#wildDeletions([group]) : [];
    return forge([group], deletions);
  }

  #madeUpStruct(client: number, start: number, end: number): ForgedStruct {
    const held = this.#random.next() < 0.75 ? this.#legalContent() : this.#anyContent();
    const chance = this.#random.next();
    const mine = end > start && this.#random.next() < 0.5;
    const near = mine ? { client, clock: start + this.#random.below(end - start) } : this.#anyId();
    if (chance < 0.45) return { content: held, origin: near, rightOrigin: this.#behind(near) };
    if (chance < 0.6) return { content: held, origin: near, rightOrigin: this.#anyId() };
    if (chance < 0.7) return { content: held, origin: near };
    if (chance < 0.8) return { content: held, rightOrigin: near };
    const sub = this.#random.next() < 0.4 ? this.#random.pick(['id', 'id', 'style']) : undefined;
    return { content: held, parent: this.#random.next() < 0.5 ? near : this.#anyParent(), sub };
  }

  #behind({ client, clock }: ForgedId): ForgedId | undefined {
    if (clock + 1 < Y.getState(this.#known.doc.store, client)) return { client, clock: clock + 1 };
    return undefined;
  }

  #legalContent(): ForgedContent {
    const { remarkId } = this.#known;
    switch (this.#random.below(7)) {
      case 0:
        return content.type(3, this.#random.pick(['paragraph', 'item']));
      case 1:
        return content.type(6);
      case 2:
        return content.any(`block-${this.#random.below(9999)}-made`);
      case 3:
        return content.format('strong', this.#random.pick(['{}', 'null']));
      case 4:
        return content.format('remark--abcdefgh', JSON.stringify({ id: remarkId }));
      default:
        return content.string(this.#random.pick(words));
    }
  }

  #anyContent(): ForgedContent {
    switch (this.#random.below(16)) {
      case 0:
        return content.type(this.#random.below(9), 'heading');
      case 1:
        return content.any(this.#random.pick(['<script>', 'short', 'block-0001-fine']), 1);
      case 2:
        return content.any({ deep: [[[[1]]]] });
      case 3:
        return content.json('x', null);
      case 4:
        return content.binary(new Uint8Array([1, 2, 3]));
      case 5:
        return content.embed({ image: 'x' });
      case 6:
        return content.subdocument('other');
      case 7:
        return content.format(this.#random.pick(['link', 'remark', 'remark--!', 'strong']), '{"id":"nobody"}');
      case 8:
        return content.rawString(new Uint8Array([0xed, 0xa1, 0x82]));
      case 9:
        return content.string('\ufffd');
      case 10:
        return content.string(String.fromCharCode(this.#random.below(0x20)));
      case 11:
        return content.collected(this.#random.next() < 0.8 ? 1 + this.#random.below(3) : this.#strange());
      case 12:
        return content.deleted(this.#random.next() < 0.8 ? 1 + this.#random.below(3) : this.#strange());
      case 13:
        return content.skip(this.#random.below(3));
      case 14:
        return content.format('strong', this.#random.pick(['', '[', '{"a":1}', '1', '[]']));
      default:
        return this.#legalContent();
    }
  }

  #strange(): number {
    return this.#random.pick(strangeNumbers);
  }

  #anyUnit(): Unit {
    return this.#random.pick(this.#units);
  }

  #anyId(): ForgedId {
    const { client, clock, length } = this.#anyUnit();
    const chance = this.#random.next();
    if (chance < 0.85) return { client, clock: clock + this.#random.below(Math.min(length, 8)) };
    return { client: this.#anyClient(), clock: this.#strange() };
  }

  #anyParent(): string | ForgedId {
    const chance = this.#random.next();
    if (chance < 0.35) return `s:${this.#random.pick(this.#known.bodyKeys)}`;
    if (chance < 0.5) return this.#random.pick(roots);
    const types = this.#units.filter(({ holds }) => holds === 'ContentType');
    return chance < 0.9 && types.length > 0 ? this.#random.pick(types) : this.#anyId();
  }

  #ownClient(): number {
    const { own } = this.#known;
    if (own.length > 0 && this.#random.next() < 0.7) return this.#random.pick(own);
    return 1_000_000 + this.#random.below(4_000_000_000);
  }

  #anyClient(): number {
    const chance = this.#random.next();
    if (chance < 0.5) return this.#random.pick(this.#known.foreign);
    return chance < 0.8 ? this.#ownClient() : this.#strange();
  }

  #anyClock(client: number, clock: number): number {
    const known = Y.getState(this.#known.doc.store, client);
    return Math.max(
      0,
      this.#random.pick([known, known - 1, known - 2, known + 1, clock + 1, clock - 1, this.#strange()]),
    );
  }
}

/** One honest change: typing, deleting, a mark, a new block, a block less. */
export function edit(doc: Y.Doc, random: Random, bodyKeys: readonly string[], remarkId: string): void {
  const key = random.pick(bodyKeys);
  const section = doc.getXmlFragment(`s:${key}`);
  const chance = random.next();
  const block = section.length === 0 ? undefined : section.get(random.below(section.length));
  if (!(block instanceof Y.XmlElement) || chance < 0.12) {
    section.insert(random.below(section.length + 1), [newBlock(random)]);
    return;
  }
  const text = block.get(0);
  if (section.length > 6 || chance < 0.15) section.delete(random.below(section.length), 1);
  else if (!(text instanceof Y.XmlText)) block.insert(0, [new Y.XmlText(random.pick(words))]);
  else change(text, random, chance, remarkId);
}

function change(text: Y.XmlText, random: Random, chance: number, remarkId: string): void {
  const delta = text.toDelta() as { insert: string }[];
  const points = [...delta.map(({ insert }) => insert).join('')];
  const from = random.below(points.length + 1);
  const at = points.slice(0, from).join('').length;
  const length = points.slice(from, from + 1 + random.below(3)).join('').length;
  if (length === 0 || (chance < 0.6 && points.length < 200)) text.insert(at, random.pick(words));
  else if (chance < 0.85) text.delete(at, length);
  else if (chance < 0.95) text.format(at, length, { strong: random.next() < 0.5 ? {} : null });
  else text.format(at, length, { 'remark--abcdefgh': random.next() < 0.5 ? { id: remarkId } : null });
}

function newBlock(random: Random): Y.XmlElement {
  const block = new Y.XmlElement(random.pick(['paragraph', 'item']));
  block.setAttribute('id', `block-${random.below(1e9)}-0000`);
  if (random.next() < 0.8) block.insert(0, [new Y.XmlText(random.pick(words))]);
  return block;
}

/** How long the longest paragraph is: whether a text has grown beyond what is quick to check. */
export function longestBlock(doc: Y.Doc, bodyKeys: readonly string[]): number {
  const blocks = readContent(doc, bodyKeys).flatMap((section) => section.blocks);
  return Math.max(0, ...blocks.map((block) => blockText(block).length));
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
