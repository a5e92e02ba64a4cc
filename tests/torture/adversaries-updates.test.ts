/**
 * A great many hostile updates against real rooms over a real journal. After every round the text is compared with what the
 * journal says and judged by laws that know nothing of `admit.ts`; honest people go on writing all the while.
 * TORTURE=1: a million; ROUNDS and SEED as everywhere.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openText } from '../../server/rooms/live-text.ts';
import { withoutHousekeeping } from '../../shared/document/housekeeping.ts';
import { textHash } from '../../shared/document/text-hash.ts';
import { faultsOf, foreignClientsOf } from '../support/adversary-oracle.ts';
import { Adversary, type Attack, edit } from '../support/adversary-updates.ts';
import { RawVisitor } from '../support/adversary-visitor.ts';
import { Random } from '../support/random.ts';
import { bodyKeys, type Person, RoomWorld } from '../support/room-world.ts';

const isLong = process.env['TORTURE'] === '1';
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const total = Number(process.env['ROUNDS'] ?? (isLong ? 1_000_000 : 4_000));
const perWorld = 2_000;
/** Rooms that once went wrong: a tombstone over an id, copies that parted, a journal that could not be opened, an
 * honest writer who was refused for where another had put his words. */
const oldSeeds = [1, 206_000, 20_619_122, 500_974_000];
const perRound = 40;

/** One room under attack, with an honest pair in it. */
class Siege {
  readonly world: RoomWorld;
  readonly #random: Random;
  readonly #adversary: Adversary;
  readonly #attackers: RawVisitor[] = [];
  readonly #honest: Person[] = [];
  readonly #writer: RawVisitor['userId'];
  readonly #reader: RawVisitor['userId'];
  readonly #remarkId: string;
  readonly #oracle = withoutHousekeeping(new Y.Doc());
  #seq = 0;
  readonly tally: Map<string, number>;

  private constructor(world: RoomWorld, random: Random, tally: Map<string, number>) {
    this.world = world;
    this.#random = random;
    this.tally = tally;
    this.#adversary = new Adversary(random);
    this.#remarkId = world.newId('rmk');
    world.remarkIds.add(this.#remarkId);
    this.#writer = world.newId('user');
    this.#reader = world.newId('user');
    world.levels.set(this.#writer, 'write');
    world.levels.set(this.#reader, 'read');
    for (const key of bodyKeys) this.#oracle.getXmlFragment(`s:${key}`);
  }

  static async open(random: Random, tally: Map<string, number>): Promise<Siege> {
    const siege = new Siege(await RoomWorld.open(firstUpdate(random)), random, tally);
    for (const name of ['alice', 'bob']) siege.#honest.push(siege.world.person(name));
    for (const person of siege.#honest) {
      withoutHousekeeping(person.doc).clientID = newClient(random);
      await person.join();
    }
    for (let each = 0; each < perRound; each += 1) {
      siege.#attackers.push(new RawVisitor(siege.world, each % 4 === 3 ? siege.#reader : siege.#writer));
    }
    await siege.world.settle();
    return siege;
  }

  async round(): Promise<void> {
    const overheard = await this.#catchUp();
    await Promise.all(this.#attackers.map((attacker) => attacker.comeIn()));
    await this.#study(overheard);
    const attacks = this.#attackers.map((attacker) => {
      const attack = this.#adversary.next();
      attacker.write(attack.update);
      return attack;
    });
    for (const person of this.#honest)
      person.doc.transact(() => edit(person.doc, this.#random, bodyKeys, this.#remarkId));
    await this.world.settle();
    this.#count(attacks);
    await this.#catchUp();
    await this.#check();
  }

  async #study(overheard: readonly Uint8Array[]): Promise<void> {
    const { writers } = await this.world.journal.load(this.world.documentId);
    const clients = [...writers];
    const own = clients.filter(([, writer]) => writer === this.#writer).map(([client]) => client);
    const foreign = clients.filter(([, writer]) => writer !== this.#writer).map(([client]) => client);
    this.#adversary.study({ doc: this.#oracle, own, foreign, bodyKeys, remarkId: this.#remarkId }, overheard);
  }

  /** Applies what the journal has got, one entry at a time as a page would; every entry is its writer’s to write. */
  async #catchUp(): Promise<Uint8Array[]> {
    const { journal, documentId } = this.world;
    const entries = await journal.entries(documentId, this.#seq, 10_000);
    const { writers } = await journal.load(documentId);
    for (const entry of entries) {
      expect(entry.writer).not.toBe(this.#reader);
      expect(foreignClientsOf(entry, this.#oracle, writers)).toEqual([]);
      Y.applyUpdate(this.#oracle, entry.update);
      this.#seq = entry.seq;
    }
    return entries.map(({ update }) => update);
  }

  #count(attacks: readonly Attack[]): void {
    for (const [index, attacker] of this.#attackers.entries()) {
      const { kind = '' } = attacks[index] ?? {};
      const who = attacker.userId === this.#reader ? 'reader' : 'writer';
      for (const key of [
        `${who}: ${attacker.verdict}`,
        `${kind}: ${attacker.verdict === 'saved' ? 'saved' : 'refused'}`,
      ]) {
        this.tally.set(key, (this.tally.get(key) ?? 0) + 1);
      }
    }
  }

  async #check(): Promise<void> {
    const { world } = this;
    const { writers } = await world.journal.load(world.documentId);
    const laws = { bodyKeys, remarkIds: world.remarkIds };
    const hash = hex(textHash(this.#oracle));
    const live = await world.registry.look(world.documentId, bodyKeys, (doc) => ({
      hash: hex(textHash(doc)),
      faults: faultsOf(doc, laws, writers),
    }));
    expect(live).toEqual({ hash, faults: [] });
    expect(faultsOf(this.#oracle, laws, writers)).toEqual([]);
    expect(world.troubles).toEqual([]);
    for (const person of this.#honest) {
      expect(person.refused).toEqual([]);
      expect(hex(textHash(person.doc))).toBe(hash);
    }
  }

  /** The text as a server opens it that starts now, and as a page gets it that comes now. */
  async end(): Promise<void> {
    const { journal, documentId, registry } = this.world;
    const hash = hex(textHash(this.#oracle));
    const opened = openText(await journal.load(documentId), bodyKeys);
    expect(hex(textHash(opened))).toBe(hash);
    const given = new Y.Doc();
    Y.applyUpdate(given, await registry.look(documentId, bodyKeys, (doc) => Y.encodeStateAsUpdate(doc)));
    expect(hex(textHash(given))).toBe(hash);
    for (const person of this.#honest) person.destroy();
    for (const doc of [opened, given, this.#oracle]) doc.destroy();
    await this.world.close();
  }
}

function newClient(random: Random): number {
  return 1 + random.below(4_000_000_000);
}

/** An empty paragraph in each section, under a client id of the seed's, so that the seed tells the whole story. */
function firstUpdate(random: Random): { readonly client: number; readonly update: Uint8Array } {
  const doc = new Y.Doc();
  doc.clientID = newClient(random);
  for (const [index, key] of bodyKeys.entries()) {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.setAttribute('id', `first-000${index}`);
    doc.getXmlFragment(`s:${key}`).insert(0, [paragraph]);
  }
  return { client: doc.clientID, update: Y.encodeStateAsUpdate(doc) };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

async function playRoom(worldSeed: number, updates: number, tally: Map<string, number>): Promise<void> {
  const siege = await Siege.open(new Random(worldSeed), tally);
  try {
    for (let sent = 0; sent < updates; sent += perRound) await siege.round();
    await siege.end();
  } catch (error) {
    throw new Error(`seed ${seed}, in the room of seed ${worldSeed}`, { cause: error });
  }
}

it.each(oldSeeds)('the room of seed %i', { timeout: 120_000 }, (old) => playRoom(old, perWorld, new Map()));

describe(`${total} hostile updates, seed ${seed}`, () => {
  it('leave the text lawful, the journal true and the honest undisturbed', { timeout: 3_600_000 }, async () => {
    const started = performance.now();
    const tally = new Map<string, number>();
    for (let done = 0; done < total; ) {
      const worldSeed = (seed + done) >>> 0;
      const updates = Math.min(perWorld, total - done);
      await playRoom(worldSeed, updates, tally);
      done += updates;
    }
    const lines = [...tally].sort(([a], [b]) => a.localeCompare(b)).map(([what, count]) => `  ${what}: ${count}`);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log([`${total} updates, seed ${seed}, ${seconds} s`, ...lines].join('\n'));
    expect(tally.get('writer: saved')).toBeGreaterThan(total / 100);
    expect(tally.get('reader: refused read_only')).toBeGreaterThan(0);
  });
});
