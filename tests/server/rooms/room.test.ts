import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { encodeSync, messageTypes } from '../../../shared/protocol/frames.ts';
import { bodyKeys, type Person, RoomWorld } from '../../support/room-world.ts';

let world: RoomWorld;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  world = await RoomWorld.open();
  alice = world.person('alice');
  bob = world.person('bob');
});

afterEach(async () => {
  alice.destroy();
  bob.destroy();
  await world.close();
});

async function both(): Promise<void> {
  await alice.join();
  await bob.join();
  await world.settle();
}

describe('writing together', () => {
  it('[RM3] shows a writer’s words to the others and stores them', async () => {
    await both();
    alice.type('我学习不够深入。');
    await world.settle();
    expect(bob.seen()).toBe('我学习不够深入。||');
    expect(await world.stored()).toBe('我学习不够深入。||');
  });

  it('[RM3] never sends a writer his own update back, and acknowledges once per tick', async () => {
    await both();
    const before = alice.heard.length;
    alice.type('一');
    alice.type('二');
    await world.settle();
    expect(alice.heard.slice(before)).toEqual([messageTypes.saved]);
    expect(alice.lastSaved()?.updates).toBe(3);
    expect(bob.seen()).toBe('一二||');
  });

  it('[RM3] writes each receiver once per tick', async () => {
    await both();
    const before = bob.writes;
    alice.type('一');
    alice.type('二');
    alice.type('三');
    await world.settle();
    expect(bob.writes - before).toBe(1);
  });

  it('[RM3] acknowledges with a state vector that covers what was saved', async () => {
    await both();
    alice.type('甲');
    await world.settle();
    const saved = alice.lastSaved();
    const vector = Y.decodeStateVector(saved?.stateVector ?? new Uint8Array([0]));
    expect(vector.get(alice.doc.clientID)).toBe(Y.getState(alice.doc.store, alice.doc.clientID));
  });

  it('[RM3] shows nobody what is not committed, and tells its author nothing', async () => {
    await both();
    const carol = await world.newcomer('carol');
    const open = world.journal.pause();
    alice.type('未入库');
    await world.turn();
    await carol.join();
    await world.turn();
    expect(bob.seen()).toBe('||');
    expect(carol.heard).toEqual([messageTypes.access]);
    expect(alice.lastSaved()?.updates).toBe(1);
    open();
    await world.settle();
    expect(bob.seen()).toBe('未入库||');
    expect(carol.seen()).toBe('未入库||');
    expect(alice.lastSaved()?.updates).toBe(2);
    carol.destroy();
  });

  it('[RM4] keeps what a failed commit holds, retries with back-off, then publishes and acknowledges', async () => {
    await both();
    world.journal.failing = true;
    alice.type('磁盘已满');
    await world.turn();
    expect(world.registry.status()).toMatchObject({ unsaved: 1, failing: true });
    expect(world.troubles).toContain('commit');
    bob.type('后来的', 'measures');
    world.clock.advance(100);
    await world.turn();
    expect(bob.seen()).toBe('||后来的');
    expect(alice.seen()).toBe('磁盘已满||');
    world.journal.failing = false;
    world.clock.advance(200);
    await world.settle();
    expect(world.registry.status()).toMatchObject({ unsaved: 0, failing: false });
    expect(bob.seen()).toBe('磁盘已满||后来的');
    expect(alice.seen()).toBe(bob.seen());
    expect(await world.stored()).toBe(bob.seen());
  });

  it('[RM4] reports rooms that cannot be saved when it must close', async () => {
    await both();
    world.journal.failing = true;
    alice.type('来不及');
    await world.turn();
    const closed = world.registry.close(1_000);
    await world.turn();
    world.clock.advance(20_000);
    expect(await closed).toBe(1);
  });

  it.each([
    ['none without time', 0, 0, 0],
    ['one when that takes what time is left', 1_000, 1_000, 1],
    ['for a second and a half at most', 10_000, 1_500, 1],
    ['for all rooms', 10_000, 1_400, 2],
  ])('[RM4] writes checkpoints at its end: %s', async (_what, leftMs, eachMs, written) => {
    await both();
    const other = world.newId('doc');
    await world.registry.create(other, bodyKeys);
    const visitor = { userId: alice.userId, name: 'alice', session: 'session' };
    await world.registry.enter(other, visitor, { send: () => undefined, close: () => undefined, bufferedAmount: 0 });
    world.journal.onCheckpoint = () => world.clock.advance(eachMs);
    expect(await world.registry.close(4_000, () => leftMs)).toBe(0);
    const loaded = await Promise.all([world.documentId, other].map((id) => world.journal.load(id)));
    expect(loaded.filter(({ checkpoint }) => checkpoint !== undefined)).toHaveLength(written);
    expect(world.registry.status()).toMatchObject({ rooms: 0 });
    expect([alice.closedWith, bob.closedWith]).toEqual([1012, 1012]);
  });

  it('[RM4] takes no frame and lets nobody in while it ends, and plans nothing afterwards', async () => {
    await both();
    const goOn = world.journal.pause();
    alice.type('先到');
    await world.turn();
    const onTheThreshold = alice.anotherPage().join();
    const closed = world.registry.close(4_000);
    expect((await onTheThreshold).entered).toBe('restarting');
    bob.type('太晚');
    const carol = await world.person('carol').join();
    expect(carol.entered).toBe('restarting');
    goOn();
    expect(await closed).toBe(0);
    await world.turn();
    alice.leave();
    bob.leave();
    expect(await world.journal.load(world.documentId).then(({ seq }) => seq)).toBe(2);
    expect(alice.lastSaved()?.updates).toBeGreaterThan(0);
    // The limit for saving is the last timer, and nobody waits for it.
    world.clock.advance(4_000);
    expect(world.clock.pending).toBe(0);
    carol.destroy();
  });

  it('[RM4] leaves no timer of a room behind, of carets or of its end', async () => {
    await both();
    const other = world.newId('doc');
    await world.registry.create(other, bodyKeys);
    const visitor = { userId: alice.userId, name: 'alice', session: 'session' };
    const socket = { send: () => undefined, close: () => undefined, bufferedAmount: 0 };
    const seat = await world.registry.enter(other, visitor, socket);
    if (typeof seat !== 'string') seat.leave();
    alice.say({ section: 'opening' });
    expect(await world.registry.close(4_000)).toBe(0);
    await world.turn();
    // The limit for saving.
    expect(world.clock.pending).toBe(1);
  });

  it('[RM4] saves nothing any more once it has said that it could not', async () => {
    await both();
    const goOn = world.journal.pause();
    alice.type('来不及');
    await world.turn();
    const closed = world.registry.close(1_000);
    world.clock.advance(1_000);
    expect(await closed).toBe(1);
    expect((await world.journal.load(world.documentId)).checkpoint).toBeUndefined();
    world.journal.failing = true;
    goOn();
    await world.turn();
    world.journal.failing = false;
    const { commits } = world.journal;
    world.clock.advance(20_000);
    await world.turn();
    expect(world.journal.commits).toBe(commits);
  });

  it('[RM7] takes nothing of what arrived while nobody knew what people may do', async () => {
    await both();
    await world.registry.freeze(world.documentId, bodyKeys, 'submit', async () => {
      alice.type('迟来的');
      world.failingFacts = true;
    });
    await world.settle();
    expect(alice.closedWith).toBe(1013);
    world.failingFacts = false;
    expect(await world.stored()).toBe('||');
  });

  it('merges what was written offline when its author returns', async () => {
    await both();
    alice.leave();
    alice.offline(() => alice.type('离线写的'));
    bob.type('在线写的');
    await world.settle();
    await alice.join();
    await world.settle();
    expect(alice.seen()).toBe(bob.seen());
    expect(bob.seen()).toContain('离线写的');
  });

  it('passes over updates that come before the answer to its step 1, which contains them', async () => {
    await both();
    alice.leave();
    alice.offline(() => alice.type('离线'));
    await alice.stayMute().join();
    alice.type('先到');
    await world.settle();
    expect(alice.refused).toEqual([]);
    expect(bob.seen()).toBe('||');
    alice.answer();
    await world.settle();
    expect(bob.seen()).toBe('离线先到||');
    expect(await world.stored()).toBe('离线先到||');
  });
});

describe('the way in', () => {
  it('tells a connection its access before anything else', async () => {
    await alice.join();
    expect(alice.heard[0]).toBe(messageTypes.access);
    expect(alice.access).toEqual([{ level: 'write', epoch: 1, reason: '' }]);
  });

  it('turns away whoever has no access and whoever asks for a document that is not there', async () => {
    const stranger = await world.person('stranger', 'none').join();
    expect(stranger.entered).toBe('no_access');
    world.gone = true;
    world.registry.dismiss(stranger.userId, 4403);
    world.clock.advance(30_000);
    await world.settle();
    await alice.join();
    expect(alice.entered).toBe('no_such_room');
    stranger.destroy();
  });

  it('[RM2] a failed load reaches the caller and yields no empty document', async () => {
    world.journal.failingLoads = true;
    await expect(alice.join()).rejects.toThrow('does not answer');
    expect(alice.heard).toEqual([]);
    world.journal.failingLoads = false;
    await alice.join();
    await world.settle();
    expect(alice.seen()).toBe('||');
  });

  it('[RM1] makes everybody who comes at once share one room', async () => {
    await Promise.all([alice.join(), bob.join()]);
    await world.settle();
    expect(world.registry.status()).toMatchObject({ rooms: 1, connections: 2 });
  });

  it('[RM1] makes a joiner wait for the last save, then see what it saved', async () => {
    await alice.join();
    await world.settle();
    alice.type('最后一句');
    await world.settle();
    alice.leave();
    world.clock.advance(30_000);
    await bob.join();
    await world.settle();
    expect(bob.seen()).toBe('最后一句||');
  });

  it('[RM5] one malformed frame costs its sender the connection, never the room', async () => {
    await both();
    alice.send(new Uint8Array([0, 2, 255, 255]));
    expect(alice.closedWith).toBe(4400);
    bob.type('照常');
    await world.settle();
    expect(await world.stored()).toBe('照常||');
  });

  it('[RM5] bytes that are no update close the sender with 4400', async () => {
    await both();
    alice.send(encodeSync('update', new Uint8Array([1, 2, 3])));
    await world.settle();
    expect(alice.closedWith).toBe(4400);
  });
});

describe('access', () => {
  it('accepts from a reader the answer that brings nothing new', async () => {
    const reader = await (await world.newcomer('reader', 'read')).join();
    await world.settle();
    expect(reader.refused).toEqual([]);
    expect(reader.lastSaved()?.updates).toBe(1);
    reader.destroy();
  });

  it('refuses a reader’s update, shows it to nobody and stores nothing', async () => {
    await both();
    world.levels.set(alice.userId, 'read');
    await world.registry.refresh(world.documentId, 'demoted');
    alice.type('不该有的字');
    await world.settle();
    expect(alice.refused).toEqual([{ code: 'read_only', detail: 'the text is not open for writing' }]);
    expect(bob.seen()).toBe('||');
    expect(await world.stored()).toBe('||');
  });

  it('[RM7] closes the revoked with 4403 and tells the demoted', async () => {
    await both();
    world.levels.set(alice.userId, 'none');
    world.levels.set(bob.userId, 'read');
    world.epoch = 2;
    await world.registry.refresh(world.documentId, 'changed');
    expect(alice.closedWith).toBe(4403);
    expect(bob.access.at(-1)).toEqual({ level: 'read', epoch: 2, reason: 'changed' });
  });

  it('freezing takes in what had arrived, and turns writers into readers before the next update is looked at', async () => {
    await both();
    alice.type('送审之前');
    const frozen = world.registry.freeze(world.documentId, ['opening'], 'submit', async (text) => {
      alice.type('，之后');
      await world.turn();
      world.levels.set(alice.userId, 'read');
      world.epoch = 2;
      return text;
    });
    const text = await frozen;
    await world.settle();
    expect(text.content[0]?.blocks[0]?.runs[0]?.text).toBe('送审之前');
    expect(text.seq).toBeGreaterThan(1);
    expect(alice.access.at(-1)).toEqual({ level: 'read', epoch: 2, reason: 'submit' });
    expect(alice.refused.map((frame) => frame.code)).toEqual(['read_only']);
    expect(await world.stored()).toBe('送审之前||');
  });

  it('[RM7] leaves out what a writer sent during the freeze, also when he has gone before it ended', async () => {
    await both();
    alice.type('定稿');
    await world.settle();
    await world.registry.freeze(world.documentId, bodyKeys, 'submitted', async () => {
      alice.type('又改');
      alice.leave();
      world.levels.set(alice.userId, 'read');
      world.levels.set(bob.userId, 'read');
      world.epoch += 1;
    });
    await world.settle();
    expect(await world.stored()).toBe('定稿||');
    expect(bob.seen()).toBe('定稿||');
  });

  it('a freeze whose work fails changes nobody’s access and lets writing go on', async () => {
    await both();
    const failing = world.registry.freeze(world.documentId, ['opening'], 'submit', async () => {
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    alice.type('继续写');
    await world.settle();
    expect(await world.stored()).toBe('继续写||');
  });

  it('sends everybody away to come back when the new facts cannot be read after a freeze', async () => {
    await both();
    await world.registry.freeze(world.documentId, ['opening'], 'submit', async () => {
      world.failingFacts = true;
    });
    expect(alice.closedWith).toBe(1013);
    expect(bob.closedWith).toBe(1013);
    world.failingFacts = false;
    await alice.anotherPage().join();
    expect(world.registry.status().rooms).toBe(1);
  });

  it('[RM1] does what waited for a room that was ended meanwhile in the one that follows', async () => {
    await both();
    const freeze = world.registry.freeze(world.documentId, bodyKeys, 'submitted', async () => {
      world.failingFacts = true;
    });
    const remark = world.registry.writeAsServer(world.documentId, (doc) => {
      const block = doc.getXmlFragment('s:opening').get(0);
      if (block instanceof Y.XmlElement) block.insert(0, [new Y.XmlText('服务器写的')]);
    });
    await freeze;
    world.failingFacts = false;
    await remark;
    expect(alice.closedWith).toBe(1013);
    const page = alice.anotherPage();
    await page.join();
    await world.settle();
    expect(page.seen()).toBe('服务器写的||');
    page.destroy();
  });

  it('forgets a document that is gone: everybody is closed with 4404 and nobody comes back in', async () => {
    await both();
    world.gone = true;
    await world.registry.refresh(world.documentId, '');
    expect([alice.closedWith, bob.closedWith]).toEqual([4404, 4404]);
    await alice.anotherPage().join();
    expect((await bob.join()).entered).toBe('no_such_room');
    expect(world.registry.status().rooms).toBe(0);
  });

  it('lets what is in the database be looked at, with and without a room', async () => {
    const see = (doc: Y.Doc) => doc.getXmlFragment('s:opening').toString();
    const closed = await world.registry.look(world.documentId, ['opening'], see);
    await both();
    expect(await world.registry.look(world.documentId, ['opening'], see)).toBe(closed);
    const open = world.journal.pause();
    alice.type('还没入库');
    await world.turn();
    expect(await world.registry.look(world.documentId, ['opening'], see)).toBe(closed);
    open();
    await world.settle();
    expect(await world.registry.look(world.documentId, ['opening'], see)).toContain('还没入库');
  });

  it('ends a person’s connections in all rooms, or only one session’s', async () => {
    await both();
    world.registry.dismiss(alice.userId, 4401, 'another session');
    expect(alice.closedWith).toBeUndefined();
    world.registry.dismiss(alice.userId, 4401);
    expect(alice.closedWith).toBe(4401);
    expect(bob.closedWith).toBeUndefined();
  });
});

describe('the server’s own edits', () => {
  it('reach everybody, are stored as the server’s, and need no open text', async () => {
    await both();
    world.levels.set(alice.userId, 'read');
    await world.registry.refresh(world.documentId, '');
    await world.registry.writeAsServer(world.documentId, (doc) => {
      const text = new Y.XmlText('盖章');
      const block = doc.getXmlFragment('s:measures').get(0);
      if (block instanceof Y.XmlElement) block.insert(0, [text]);
    });
    expect(alice.seen()).toBe('||盖章');
    const entries = await world.journal.entries(world.documentId, 0, 10);
    expect(entries.at(-1)).toMatchObject({ writer: 'server', cause: 'anchor' });
  });

  it('leave no trace when they cannot be committed', async () => {
    await both();
    world.journal.failing = true;
    const edit = world.registry.writeAsServer(world.documentId, (doc) => {
      doc.getXmlFragment('s:measures').insert(1, [new Y.XmlElement('paragraph')]);
    });
    await expect(edit).rejects.toThrow('full');
    world.journal.failing = false;
    alice.type('之后');
    await world.settle();
    expect(bob.seen()).toBe('之后||');
    expect((await world.registry.read(world.documentId, ['measures'])).content[0]?.blocks).toHaveLength(1);
  });
});

describe('presence', () => {
  it('[RM6] carries the caret with the identity of the session, not of the client', async () => {
    await both();
    alice.say({ section: 'opening', user: { id: 'user_x', name: '书记' } });
    world.clock.advance(100);
    const state = bob.awareness.getStates().get(alice.doc.clientID);
    expect(state).toMatchObject({ section: 'opening', user: { id: alice.userId, name: 'alice' } });
  });

  it('[RM6] lets nobody speak for another client id', async () => {
    await both();
    alice.say({ section: 'opening' });
    world.clock.advance(100);
    const clientId = alice.doc.clientID;
    const impostor = await (await world.newcomer('mallory')).join();
    await world.settle();
    expect(impostor.seat).toBeDefined();
    impostor.doc.clientID = clientId;
    impostor.awareness.clientID = clientId;
    for (let turn = 0; turn < 5; turn += 1) impostor.say({ section: `measures${turn}` });
    world.clock.advance(100);
    expect(bob.awareness.getStates().get(clientId)).toMatchObject({ section: 'opening', user: { name: 'alice' } });
    impostor.destroy();
  });

  it('[RM6] coalesces a storm of carets and disappears with its connection', async () => {
    await both();
    const before = bob.writes;
    for (let turn = 0; turn < 1_000; turn += 1) alice.say({ section: `s${turn}` });
    world.clock.advance(100);
    expect(bob.writes - before).toBe(1);
    expect(bob.awareness.getStates().get(alice.doc.clientID)).toMatchObject({ section: 's999' });
    alice.leave();
    world.clock.advance(100);
    expect(bob.awareness.getStates().has(alice.doc.clientID)).toBe(false);
  });

  it('[RM6] is not taken from who was sent away', async () => {
    await both();
    world.levels.set(alice.userId, 'none');
    await world.registry.refresh(world.documentId, '');
    expect(alice.closedWith).toBe(4403);
    alice.say({ section: 'opening' });
    world.clock.advance(100);
    expect(bob.awareness.getStates().has(alice.doc.clientID)).toBe(false);
  });
});

describe('eviction', () => {
  it('[RM8] checkpoints and forgets an empty room after 30 s', async () => {
    await both();
    alice.type('存底');
    await world.settle();
    alice.leave();
    bob.leave();
    expect(world.registry.status().rooms).toBe(1);
    world.clock.advance(30_000);
    await world.settle();
    expect(world.registry.status().rooms).toBe(0);
    expect(world.clock.pending).toBe(0);
    const loaded = await world.journal.load(world.documentId);
    expect(loaded.checkpoint?.seq).toBe(loaded.seq);
    expect(loaded.entries).toEqual([]);
  });

  it('[RM8] does not forget a room in which words still wait', async () => {
    await both();
    alice.type('最后一句。');
    for (const person of [alice, bob]) person.leave();
    world.clock.advance(30_000);
    await world.settle();
    expect(await world.stored()).toBe('最后一句。||');
    world.clock.advance(30_000);
    await world.settle();
    expect(world.registry.status().rooms).toBe(0);
  });

  it('[RM8] checkpoints a room that never rests after 4,000 updates, and again not before half a minute', async () => {
    await alice.join();
    await world.settle();
    const typeMuch = async () => {
      for (let letter = 0; letter < 4_000; letter += 1) alice.type('字');
      await world.settle();
    };
    const checkpointed = async () => (await world.journal.load(world.documentId)).checkpoint?.seq ?? 0;
    await typeMuch();
    const first = await checkpointed();
    expect(first).toBeGreaterThanOrEqual(4_000);
    await typeMuch();
    expect(await checkpointed()).toBe(first);
    // Less than two seconds of rest each: 28.5 in all, then more than thirty.
    const typeOnFor = async (steps: number) => {
      for (let step = 0; step < steps; step += 1) {
        world.clock.advance(1_500);
        alice.type('字');
        await world.settle();
      }
    };
    await typeOnFor(19);
    expect(await checkpointed()).toBe(first);
    await typeOnFor(2);
    expect(await checkpointed()).toBeGreaterThan(first);
  });

  it('[RM8] keeps a room whose checkpoint fails, and tries again', async () => {
    await alice.join();
    await world.settle();
    alice.leave();
    world.journal.failing = true;
    world.clock.advance(30_000);
    await world.turn();
    expect(world.registry.status().rooms).toBe(1);
    world.journal.failing = false;
    world.clock.advance(30_000);
    await world.turn();
    expect(world.registry.status().rooms).toBe(0);
  });

  it('opens after a restart with everything that was acknowledged', async () => {
    await alice.join();
    await world.settle();
    alice.type('第一段');
    await world.settle();
    const again = world.newRegistry();
    const carol = await world.person('carol').join(again);
    await world.turn();
    expect(carol.seen()).toBe('第一段||');
    carol.destroy();
  });
});
