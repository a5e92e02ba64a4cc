/**
 * The laws of the storage port, for every adapter. A world is one store that can be closed and opened again, the way a
 * process dies and starts over the same file.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIds, type NewId } from '../../server/ids.ts';
import { Conflict, type NewEntry, type Storage } from '../../server/storage/storage.ts';
import type { Row } from '../../server/storage/tables.ts';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import { FakeClock } from '../support/fake-clock.ts';

export type StoreWorld = {
  readonly open: () => Promise<Storage>;
  /** Takes away what the store was kept in. */
  readonly remove: () => Promise<void>;
};

const at = '2022-01-10T01:00:00.000Z';

export function storageContract(name: string, createWorld: () => Promise<StoreWorld>): void {
  describe(`the laws of storage, kept by ${name}`, () => {
    let world: StoreWorld;
    let storage: Storage;
    let newId: NewId;
    let alice: UserId;
    let bob: UserId;
    let outline: DocumentId;
    let team: DocumentId;

    beforeEach(async () => {
      world = await createWorld();
      storage = await world.open();
      newId = createIds(new FakeClock());
      alice = newId('user');
      bob = newId('user');
      outline = newId('doc');
      team = newId('doc');
    });

    afterEach(async () => {
      await storage.close();
      await world.remove();
    });

    const reopen = async () => {
      await storage.close();
      storage = await world.open();
    };
    const unit = (unitName: string): Row<'unit'> => ({
      id: newId('unit'),
      name: unitName,
      parentId: null,
      createdAt: at,
    });
    const entry = (documentId: DocumentId, writer: UserId, ...claims: number[]): NewEntry => ({
      documentId,
      update: new Uint8Array([1, 2, claims.length]),
      writer,
      session: 's1',
      cause: 'edit',
      at,
      claims,
    });
    const person = (username: string): Row<'person'> => ({
      id: newId('user'),
      username,
      name: '李四',
      duty: '党组成员、副局长',
      unitId: newId('unit'),
      position: 'member',
      administrator: false,
      disabled: false,
      mustChangePassword: true,
      createdAt: at,
    });

    describe('records', () => {
      test('[ST1] what was inserted, changed and removed is so after reopening', async () => {
        const kept = unit('市局');
        const gone = unit('分局');
        await storage.records.unit.insert(kept);
        await storage.records.unit.insert(gone);
        expect(await storage.records.unit.update(kept.id, { name: 'XX市XX局' })).toBe(true);
        expect(await storage.records.unit.remove(gone.id)).toBe(true);
        await reopen();
        expect(await storage.records.unit.find({})).toEqual([{ ...kept, name: 'XX市XX局' }]);
        expect(await storage.records.unit.get(gone.id)).toBeUndefined();
      });

      test('a row comes back as it went in: texts, numbers, booleans, nulls and JSON', async () => {
        const somebody = { ...person('lisi'), administrator: true };
        await storage.records.person.insert(somebody);
        const document: Row<'document'> = {
          id: outline,
          meetingId: newId('meet'),
          kind: 'team',
          ownerId: null,
          lifecycle: {
            state: 'returned',
            round: 2,
            versionId: newId('ver'),
            reason: 'lacks_facts',
            words: '第三方面“缺少”𠮷例',
            by: alice,
            at,
          },
          epoch: 3,
          since: at,
          createdAt: at,
        };
        await storage.records.document.insert(document);
        expect(await storage.records.person.get(somebody.id)).toEqual(somebody);
        expect(await storage.records.document.get(outline)).toEqual(document);
      });

      test('[ST10] what a caller does to a row he has been given changes nothing in the store', async () => {
        const row = unit('市局');
        await storage.records.unit.insert(row);
        const given = await storage.records.unit.get(row.id);
        Object.assign(given ?? {}, { name: '别的' });
        expect((await storage.records.unit.get(row.id))?.name).toBe('市局');
      });

      test('[ST12] find takes rows of which every equality holds, null and booleans among them', async () => {
        const root = unit('市局');
        const child = { ...unit('分局'), parentId: root.id };
        await storage.records.unit.insert(root);
        await storage.records.unit.insert(child);
        await storage.records.person.insert({ ...person('a1'), disabled: true });
        await storage.records.person.insert(person('a2'));
        expect(await storage.records.unit.find({ parentId: null })).toEqual([root]);
        expect(await storage.records.unit.find({ parentId: root.id, name: '分局' })).toEqual([child]);
        expect(await storage.records.unit.find({ parentId: root.id, name: '市局' })).toEqual([]);
        expect((await storage.records.person.find({ disabled: false })).map((row) => row.username)).toEqual(['a2']);
      });

      test('[ST12] a filter by undefined, by JSON or by an unknown column throws instead of meaning everything', async () => {
        await expect(storage.records.unit.find({ parentId: undefined })).rejects.toThrow(/undefined/);
        await expect(storage.records.document.find({ lifecycle: { state: 'drafting', round: 0 } })).rejects.toThrow(
          /JSON/,
        );
        const stray: object = { colour: 'red' };
        await expect(storage.records.unit.find(stray)).rejects.toThrow(/colour/);
      });

      test('[ST12] rows come in the asked order, page by page; without one as they were inserted', async () => {
        for (const username of ['c', 'a', '乙', 'b', '甲']) await storage.records.person.insert(person(username));
        const usernames = async (...question: Parameters<typeof storage.records.person.find>) =>
          (await storage.records.person.find(...question)).map((row) => row.username);
        expect(await usernames({})).toEqual(['c', 'a', '乙', 'b', '甲']);
        expect(await usernames({}, { by: 'username' })).toEqual(['a', 'b', 'c', '乙', '甲']);
        expect(await usernames({}, { by: 'username', descending: true, limit: 2 })).toEqual(['甲', '乙']);
        expect(await usernames({}, { by: 'username', after: 'b', limit: 2 })).toEqual(['c', '乙']);
        expect(await usernames({}, { by: 'username', after: 'b', descending: true })).toEqual(['a']);
        expect(await usernames({}, { by: 'name' })).toEqual(['c', 'a', '乙', 'b', '甲']);
        expect(await usernames({}, { by: 'username', limit: 0 })).toEqual([]);
      });

      test('[ST11] a second row of the same id or unique combination is a Conflict and changes nothing', async () => {
        const first = person('lisi');
        const second = person('zhangsan');
        await storage.records.person.insert(first);
        await storage.records.person.insert(second);
        await expect(storage.records.person.insert({ ...person('wangwu'), id: first.id })).rejects.toThrow(Conflict);
        await expect(storage.records.person.insert(person('lisi'))).rejects.toThrow(Conflict);
        await expect(storage.records.person.update(second.id, { username: 'lisi' })).rejects.toThrow(Conflict);
        expect(await storage.records.person.find({})).toEqual([first, second]);
      });

      test('changing or removing what is not there says so', async () => {
        expect(await storage.records.unit.update(newId('unit'), { name: '无' })).toBe(false);
        expect(await storage.records.unit.update(newId('unit'), {})).toBe(false);
        expect(await storage.records.unit.remove(newId('unit'))).toBe(false);
      });

      test('[ST11] a row that does not fit its table is not stored', async () => {
        const misfit = { ...person('lisi'), position: 'king' } as unknown as Row<'person'>; // what a bug might pass
        await expect(storage.records.person.insert(misfit)).rejects.toThrow();
        const row = person('zhangsan');
        await storage.records.person.insert(row);
        const change = { position: 'king' } as unknown as Partial<Row<'person'>>; // what a bug might pass
        await expect(storage.records.person.update(row.id, change)).rejects.toThrow();
        await expect(storage.records.person.update(row.id, { id: newId('user') })).rejects.toThrow(/id cannot/);
        expect(await storage.records.person.find({})).toEqual([row]);
      });
    });

    describe('transactions', () => {
      test('[ST2] all writes of a transaction are there, or none when it throws', async () => {
        const row = unit('市局');
        await storage.records.unit.insert(row);
        const failing = storage.transact(async (records) => {
          await records.unit.insert(unit('分局'));
          await records.unit.update(row.id, { name: '改名' });
          await records.unit.remove(row.id);
          throw new Error('changed my mind');
        });
        await expect(failing).rejects.toThrow('changed my mind');
        expect(await storage.records.unit.find({})).toEqual([row]);
        expect(await storage.transact(async (records) => records.unit.remove(row.id))).toBe(true);
        expect(await storage.records.unit.find({})).toEqual([]);
      });

      test('[ST2] a transaction sees its own writes and nobody else does before it ends', async () => {
        const row = unit('市局');
        let letGo: () => void = () => undefined;
        const held = new Promise<void>((resolve) => {
          letGo = resolve;
        });
        const writing = storage.transact(async (records) => {
          await records.unit.insert(row);
          expect(await records.unit.get(row.id)).toEqual(row);
          await held;
          await records.unit.update(row.id, { name: '完成' });
        });
        const reading = storage.records.unit.get(row.id);
        letGo();
        await writing;
        expect((await reading)?.name).toBe('完成');
      });

      test('[ST2] transactions do not overlap: counting in turn loses nothing', async () => {
        await storage.records.setting.insert({ id: 'count', value: '0' });
        const count = () =>
          storage.transact(async (records) => {
            const now = Number((await records.setting.get('count'))?.value);
            await Promise.resolve();
            await records.setting.update('count', { value: String(now + 1) });
          });
        await Promise.all(Array.from({ length: 20 }, count));
        expect((await storage.records.setting.get('count'))?.value).toBe('20');
      });

      test('[ST2] reaching past the given records throws instead of waiting for itself', async () => {
        const reaching = [
          () => storage.records.unit.find({}),
          () => storage.transact(async () => undefined),
          () => storage.journal.load(outline),
          () => storage.journal.commit([entry(outline, alice)]),
          () => storage.probe(),
        ];
        for (const reach of reaching) await expect(storage.transact(async () => reach())).rejects.toThrow(/transact/);
        await storage.records.unit.insert(unit('市局'));
      });

      test('[ST2] records of a transaction that has ended can no longer be used', async () => {
        const leaked = await storage.transact(async (records) => ({ records }));
        await expect(leaked.records.unit.insert(unit('市局'))).rejects.toThrow(/ended/);
        expect(await storage.records.unit.find({})).toEqual([]);
      });

      test('[ST7] after a failed write the same write can be tried again', async () => {
        const first = person('lisi');
        const second = person('lisi');
        await storage.records.person.insert(first);
        const attempt = () =>
          storage.transact(async (records) => {
            await records.unit.insert({ ...unit('市局'), id: second.unitId });
            await records.person.insert(second);
          });
        await expect(attempt()).rejects.toThrow(Conflict);
        expect(await storage.records.unit.find({})).toEqual([]);
        await storage.records.person.remove(first.id);
        await attempt();
        expect(await storage.records.person.find({})).toEqual([second]);
      });
    });

    describe('the journal', () => {
      test('[ST3] positions are 1, 2, 3 per document, in the order given', async () => {
        expect(await storage.journal.commit([entry(outline, alice), entry(team, bob), entry(outline, alice)])).toEqual([
          1, 1, 2,
        ]);
        expect(await storage.journal.commit([entry(team, alice), entry(outline, bob)])).toEqual([2, 3]);
        expect(await storage.journal.commit([])).toEqual([]);
      });

      test('[ST3] many commits at once leave no gap', async () => {
        const given = await Promise.all(
          Array.from({ length: 25 }, () => storage.journal.commit([entry(outline, alice), entry(outline, bob)])),
        );
        expect(given.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
      });

      test('[ST3] entries come back as they were, after any position, as many as asked', async () => {
        const written = [entry(outline, alice, 7), { ...entry(outline, bob), cause: 'sync' as const, session: '' }];
        await storage.journal.commit(written);
        await storage.journal.commit([{ ...entry(outline, alice), writer: 'server', cause: 'anchor' }]);
        const all = await storage.journal.entries(outline, 0, 10);
        const { claims: _, ...first } = written[0] ?? entry(outline, alice);
        expect(all[0]).toEqual({ ...first, seq: 1 });
        expect(all.map(({ seq, writer, cause }) => ({ seq, writer, cause }))).toEqual([
          { seq: 1, writer: alice, cause: 'edit' },
          { seq: 2, writer: bob, cause: 'sync' },
          { seq: 3, writer: 'server', cause: 'anchor' },
        ]);
        expect((await storage.journal.entries(outline, 1, 1)).map(({ seq }) => seq)).toEqual([2]);
        expect(await storage.journal.entries(team, 0, 10)).toEqual([]);
      });

      test('[ST1] what was committed is loaded after reopening, with its writers', async () => {
        await storage.journal.commit([entry(outline, alice, 11, 12), entry(outline, bob, 13)]);
        await reopen();
        const loaded = await storage.journal.load(outline);
        expect(loaded.seq).toBe(2);
        expect(loaded.entries.map(({ seq, update }) => [seq, [...update]])).toEqual([
          [1, [1, 2, 2]],
          [2, [1, 2, 1]],
        ]);
        expect(loaded.checkpoint).toBeUndefined();
        expect([...loaded.writers].sort(([a], [b]) => a - b)).toEqual([
          [11, alice],
          [12, alice],
          [13, bob],
        ]);
        expect(await storage.journal.commit([entry(outline, alice)])).toEqual([3]);
      });

      test('a document nobody has written is empty at position 0', async () => {
        expect(await storage.journal.load(outline)).toEqual({
          checkpoint: undefined,
          entries: [],
          seq: 0,
          writers: new Map(),
        });
      });

      test('[ST4] a commit of which one entry is refused writes no entry of any room', async () => {
        await storage.journal.commit([entry(team, alice, 21)]);
        const commit = storage.journal.commit([entry(outline, bob, 31), entry(team, bob, 21), entry(outline, bob)]);
        await expect(commit).rejects.toThrow(Conflict);
        expect((await storage.journal.load(outline)).seq).toBe(0);
        expect((await storage.journal.load(team)).seq).toBe(1);
        expect((await storage.journal.load(outline)).writers.size).toBe(0);
      });

      test('[ST5] a checkpoint shortens loading and takes nothing from the journal', async () => {
        await storage.journal.commit([entry(outline, alice), entry(outline, alice), entry(outline, bob)]);
        const checkpoint = { documentId: outline, seq: 2, state: new Uint8Array([9, 9]), at };
        await storage.journal.writeCheckpoint(checkpoint);
        await reopen();
        const loaded = await storage.journal.load(outline);
        expect(loaded.checkpoint).toEqual(checkpoint);
        expect(loaded.entries.map(({ seq }) => seq)).toEqual([3]);
        expect(loaded.seq).toBe(3);
        expect((await storage.journal.entries(outline, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
      });

      test('[ST5] an older checkpoint never replaces a newer one, and none is ahead of its journal', async () => {
        await storage.journal.commit([entry(outline, alice), entry(outline, alice)]);
        const newer = { documentId: outline, seq: 2, state: new Uint8Array([2]), at };
        await storage.journal.writeCheckpoint(newer);
        await storage.journal.writeCheckpoint({ ...newer, seq: 1, state: new Uint8Array([1]) });
        expect((await storage.journal.load(outline)).checkpoint).toEqual(newer);
        await expect(storage.journal.writeCheckpoint({ ...newer, seq: 3 })).rejects.toThrow(/ahead/);
        expect((await storage.journal.load(outline)).checkpoint).toEqual(newer);
      });

      test('[ST6] a client id stays with its first writer in a document, also within one commit', async () => {
        await storage.journal.commit([entry(outline, alice, 41)]);
        await expect(storage.journal.commit([entry(outline, bob, 41)])).rejects.toThrow(Conflict);
        await expect(storage.journal.commit([entry(outline, bob, 42), entry(outline, alice, 42)])).rejects.toThrow(
          Conflict,
        );
        // Claimed again by the same writer, or in another document, it is nobody else's.
        expect(await storage.journal.commit([entry(outline, alice, 41), entry(team, bob, 41)])).toEqual([2, 1]);
        expect((await storage.journal.load(outline)).writers).toEqual(new Map([[41, alice]]));
      });

      test('[ST7] a refused commit can be given again without its fault', async () => {
        await storage.journal.commit([entry(outline, alice, 51)]);
        await expect(storage.journal.commit([entry(outline, bob, 51)])).rejects.toThrow(Conflict);
        expect(await storage.journal.commit([entry(outline, bob, 52)])).toEqual([2]);
      });

      test('[ST10] what a caller does to an update afterwards changes nothing in the store', async () => {
        const given = entry(outline, alice);
        await storage.journal.commit([given]);
        given.update.fill(0);
        expect([...((await storage.journal.load(outline)).entries[0]?.update ?? [])]).toEqual([1, 2, 0]);
      });
    });

    test('[ST9] what is loaded is one view: all of a commit that was begun before, nothing of one begun after', async () => {
      const commits = [1, 2, 3].map(() => storage.journal.commit([entry(outline, alice), entry(outline, bob)]));
      const checkpointed = storage.journal.writeCheckpoint({
        documentId: outline,
        seq: 5,
        state: new Uint8Array(2),
        at,
      });
      const loading = storage.journal.load(outline);
      const later = storage.journal.commit([entry(outline, alice, 61)]);
      const loaded = await loading;
      await Promise.all([...commits, checkpointed, later]);
      expect(loaded.checkpoint?.seq).toBe(5);
      expect(loaded.entries.map(({ seq }) => seq)).toEqual([6]);
      expect([loaded.seq, loaded.writers.size]).toEqual([6, 0]);
      expect((await storage.journal.load(outline)).entries.map(({ seq }) => seq)).toEqual([6, 7]);
    });

    test('[ST13] a clock that stands still or goes backwards changes no order', async () => {
      const times = ['2022-01-10T03:00:00.000Z', '2022-01-10T03:00:00.000Z', '2021-12-31T23:00:00.000Z'];
      for (const time of times) await storage.journal.commit([{ ...entry(outline, alice), at: time }]);
      await storage.journal.writeCheckpoint({
        documentId: outline,
        seq: 2,
        state: new Uint8Array(2),
        at: times[0] ?? at,
      });
      await storage.journal.writeCheckpoint({
        documentId: outline,
        seq: 3,
        state: new Uint8Array(3),
        at: times[2] ?? at,
      });
      const units = times.map((time, index) => ({ ...unit(`第${index}`), createdAt: time }));
      for (const row of units) await storage.records.unit.insert(row);
      await reopen();
      const all = await storage.journal.entries(outline, 0, 10);
      expect(all.map((found) => [found.seq, found.at])).toEqual(times.map((time, index) => [index + 1, time]));
      expect((await storage.journal.load(outline)).checkpoint?.seq).toBe(3);
      expect(await storage.records.unit.find({})).toEqual(units);
    });

    test('[ST14] closing waits for what was begun', async () => {
      const begun = [
        storage.journal.commit([entry(outline, alice)]),
        storage.records.unit.insert(unit('市局')),
        storage.transact(async (records) => {
          await Promise.resolve();
          await records.setting.insert({ id: 'begun', value: 'before' });
        }),
      ];
      await storage.close();
      await Promise.all(begun);
      storage = await world.open();
      expect((await storage.journal.load(outline)).seq).toBe(1);
      expect(await storage.records.unit.find({})).toHaveLength(1);
      expect((await storage.records.setting.get('begun'))?.value).toBe('before');
    });

    test('[ST15] probing a store that works does not throw', async () => {
      await storage.probe();
      await storage.probe();
    });

    test('[ST14] a closed store throws', async () => {
      await storage.close();
      await expect(storage.records.unit.find({})).rejects.toThrow();
      await expect(storage.journal.load(outline)).rejects.toThrow();
      await expect(storage.probe()).rejects.toThrow();
      storage = await world.open();
    });
  });
}
