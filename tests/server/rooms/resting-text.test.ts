/** A small text that rests is kept as one piece; nobody can tell, except by what it costs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { LiveText } from '../../../server/rooms/live-text.ts';
import { restMs } from '../../../server/rooms/room.ts';
import { readContent } from '../../../shared/document/content.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { textHash } from '../../../shared/document/text-hash.ts';
import { bodyKeys, type Person, RoomWorld, textOf } from '../../support/room-world.ts';

describe('a text', () => {
  function written(characters: number): Y.Doc {
    const doc = new Y.Doc();
    for (let at = 0; at < characters; at += 1) {
      // One client for each dozen, so that there are many structs and many clocks.
      if (at % 12 === 0) doc.clientID = 1_000 + at;
      const block = new Y.XmlElement('paragraph');
      block.insert(0, [new Y.XmlText('字'.repeat(3))]);
      doc.getXmlFragment(rootOf('opening')).insert(0, [block]);
    }
    return doc;
  }

  const asStored = (doc: Y.Doc) => {
    const checkpoint = { documentId: 'doc_x' as never, seq: 7, state: Y.encodeStateAsUpdate(doc), at: '' };
    return { checkpoint, entries: [], seq: 7, writers: new Map() };
  };

  it('[RM17] that the store has in one piece is answered from as it is, whatever its size', () => {
    const doc = written(100);
    const text = new LiveText(asStored(doc), bodyKeys);
    expect(text.state()).toEqual(Y.encodeStateAsUpdate(doc));
    expect(text.vector()).toEqual(Y.encodeStateVector(doc));
    expect(text.hash()).toEqual(textHash(doc));
    expect(text.isOpen).toBe(false);
    expect(text.look((seen) => textOf(readContent(seen, bodyKeys)))).toBe(textOf(readContent(doc, bodyKeys)));
    expect(text.isOpen).toBe(false);
  });

  it('holds nothing of a change once it is made', () => {
    const text = new LiveText(asStored(written(1)), bodyKeys);
    const left: number[] = [];
    text.doc.on('afterAllTransactions', (_doc, transactions) => left.push(transactions.length));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, text.state());
    doc.getXmlFragment(rootOf('opening')).delete(0, 1);
    text.apply(Y.encodeStateAsUpdate(doc));
    text.doc.transact(() => undefined);
    expect(left).toEqual([0, 0]);
    expect(text.hash()).toEqual(textHash(doc));
  });

  it('[RM17] that the store has in pieces is answered from whole', () => {
    const doc = written(10);
    const state = Y.encodeStateAsUpdate(doc);
    doc.getXmlFragment(rootOf('opening')).delete(0, 4);
    const entry = { update: Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)) };
    // Of an entry nothing but its update is read here.
    const text = new LiveText({ ...asStored(written(0)), checkpoint: { state }, entries: [entry] } as never, bodyKeys);
    expect(text.look((seen) => textOf(readContent(seen, bodyKeys)))).toBe(textOf(readContent(doc, bodyKeys)));
    expect(text.hash()).toEqual(textHash(doc));
    expect(text.bytes).toBe(state.length + entry.update.length);
  });

  it('[RM13] says when an update rests on what is not here, whether it puts in or takes out', () => {
    const updates: Uint8Array[] = [];
    const doc = written(6);
    const asItWas = Y.encodeStateAsUpdate(doc);
    doc.on('update', (update: Uint8Array) => void updates.push(update));
    const fragment = doc.getXmlFragment(rootOf('opening'));
    fragment.insert(0, [new Y.XmlElement('paragraph')]);
    fragment.insert(0, [new Y.XmlElement('paragraph')]);
    fragment.delete(0, 1);
    const opened = () => {
      const here = new Y.Doc();
      Y.applyUpdate(here, asItWas);
      return new LiveText(asStored(here), bodyKeys);
    };
    const [first = asItWas, second = asItWas, taken = asItWas] = updates;
    expect(opened().apply(first)).toBe(true);
    expect(opened().apply(second)).toBe(false);
    expect(opened().apply(taken)).toBe(false);
    const gap = { ...asStored(written(0)), checkpoint: undefined, entries: [{ update: second }] } as never; // as above
    expect(() => new LiveText(gap, bodyKeys)).toThrow('the journal has a gap');
  });

  it('[RM22] that was let go is the same when it is taken apart again, the server in it the same client', () => {
    const doc = written(30);
    const text = new LiveText(asStored(doc), bodyKeys);
    text.doc.getXmlFragment(rootOf('opening')).delete(3, 5);
    text.changed(0);
    const before = { vector: text.vector(), hash: text.hash(), client: text.doc.clientID, state: text.state() };
    const update = Y.encodeStateAsUpdate(written(31), Y.encodeStateVector(doc));
    expect(text.letGo()).toBe(true);
    expect(text.isOpen).toBe(false);
    expect({ vector: text.vector(), hash: text.hash(), client: text.doc.clientID, state: text.state() }).toEqual(
      before,
    );
    expect(text.letGo()).toBe(true);
    expect(text.apply(update)).toBe(true);
    expect(text.vector()).not.toEqual(before.vector);
    expect(text.hash()).toEqual(textHash(text.doc));
  });

  it('[RM22] of more than 32 KiB stays open', () => {
    const text = new LiveText(asStored(written(2_000)), bodyKeys);
    expect(text.state().length).toBeGreaterThan(32 * 1024);
    text.open();
    expect(text.letGo()).toBe(false);
    expect(text.isOpen).toBe(true);
  });
});

describe('a room at rest', () => {
  let world: RoomWorld;
  let alice: Person;
  let bob: Person;

  beforeEach(async () => {
    world = await RoomWorld.open();
    alice = world.person('alice');
    bob = world.person('bob');
    for (const person of [alice, bob]) await person.join();
    await world.settle();
    alice.type('我学习不够深入。');
    await world.settle();
  });

  afterEach(async () => {
    expect(world.troubles).toEqual([]);
    alice.destroy();
    bob.destroy();
    await world.close();
  });

  const opened = () => world.registry.look(world.documentId, bodyKeys, (doc) => doc);

  it('[RM22] lets its text go, and takes it up again for what is written next', async () => {
    expect(await opened()).toBe(await opened());
    world.clock.advance(restMs);
    expect(await opened()).not.toBe(await opened());
    bob.type('还要努力。');
    await world.settle();
    expect(alice.seen()).toBe('我学习不够深入。还要努力。||');
    expect(await world.stored()).toBe(alice.seen());
    expect(await opened()).toBe(await opened());
    // What comes next rests on what was written since, and is judged by that.
    bob.type('再努力。');
    await world.settle();
    expect(bob.refused).toEqual([]);
    expect(alice.seen()).toBe('我学习不够深入。还要努力。再努力。||');
    expect(bob.lastSaved()?.stateVector).toEqual(Y.encodeStateVector(bob.doc));
    world.clock.advance(restMs);
    expect(alice.atRest.at(-1)?.textHash).toEqual(textHash(alice.doc));
  });

  it('[RM22] gives it whole to who comes and to who comes back', async () => {
    world.clock.advance(restMs);
    const carol = await world.newcomer('carol');
    await carol.join();
    await world.settle();
    expect(carol.seen()).toBe(alice.seen());
    bob.leave();
    await bob.join();
    await world.settle();
    bob.type('好。');
    await world.settle();
    expect(carol.seen()).toBe('我学习不够深入。好。||');
    carol.destroy();
  });

  it('[RM22] is not taken apart for those who only read', async () => {
    world.clock.advance(restMs);
    const carol = await world.newcomer('carol', 'read');
    await carol.stayMute().join();
    world.clock.advance(1_000);
    carol.askForText();
    // What people may do is read anew.
    await world.registry.refresh(world.documentId, '');
    await world.settle();
    expect(carol.seen()).toBe('我学习不够深入。||');
    expect(await opened()).not.toBe(await opened());
    carol.destroy();
  });

  it('[RM22] still judges by what it holds: what rests on nothing is refused', async () => {
    world.clock.advance(restMs);
    const elsewhere = new Y.Doc();
    Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(bob.doc));
    elsewhere.clientID = bob.doc.clientID;
    const updates: Uint8Array[] = [];
    elsewhere.on('update', (update: Uint8Array) => updates.push(update));
    const block = elsewhere.getXmlFragment(rootOf('opening')).get(0);
    for (const letter of '两步') ((block as Y.XmlElement).get(0) as Y.XmlText).insert(0, letter);
    bob.send(new Uint8Array([0, 2, updates[1]?.length ?? 0, ...(updates[1] ?? [])]));
    await world.settle();
    expect(bob.refused.map(({ code }) => code)).toEqual(['missing_predecessors']);
    elsewhere.destroy();
  });

  it('[RM22] writes into it, and gives out what it has written', async () => {
    world.clock.advance(restMs);
    await world.registry.writeAsServer(world.documentId, (doc) => {
      const block = new Y.XmlElement('paragraph');
      block.setAttribute('id', 'b-of-the-server');
      block.insert(0, [new Y.XmlText('服务器写的。')]);
      doc.getXmlFragment(rootOf('opening')).insert(1, [block]);
    });
    await world.settle();
    expect(bob.seen()).toBe('我学习不够深入。\n服务器写的。||');
    const carol = await world.newcomer('carol');
    await carol.join();
    await world.settle();
    expect(carol.seen()).toBe(bob.seen());
    world.clock.advance(restMs);
    expect(bob.atRest.at(-1)?.stateVector).toEqual(Y.encodeStateVector(bob.doc));
    expect(bob.atRest.at(-1)?.textHash).toEqual(textHash(bob.doc));
    carol.destroy();
  });

  it('[RM22] writes as the client it was before', async () => {
    const anchor = () =>
      world.registry.writeAsServer(world.documentId, (doc) => {
        const block = doc.getXmlFragment(rootOf('opening')).get(0);
        ((block as Y.XmlElement).get(0) as Y.XmlText).format(0, 2, { strong: {} });
        ((block as Y.XmlElement).get(0) as Y.XmlText).format(0, 2, { strong: null });
        return doc.clientID;
      });
    const client = await anchor();
    world.clock.advance(restMs);
    expect(await anchor()).toBe(client);
    expect(
      [...(await world.journal.load(world.documentId)).writers].filter(([, who]) => who === 'server'),
    ).toHaveLength(2);
  });
});
