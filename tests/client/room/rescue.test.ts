import { describe, expect, test } from 'vitest';
import { caretsIn, presentPeople } from '../../../client/room/presence.ts';
import { differingParagraphs, readTray, rescuedText, settle, writeTray } from '../../../client/room/rescue.ts';
import { saveStateOf } from '../../../client/room/save-state.ts';
import { Tray } from '../../../client/room/tray.ts';
import { isUnsaved, markSaved, markUnsaved, unsavedDocuments } from '../../../client/room/unsaved.ts';
import type { SectionContent } from '../../../shared/document/content.ts';
import { Machine } from './page.ts';

function section(key: string, ...blocks: readonly (readonly [id: string, text: string])[]): SectionContent {
  return {
    key,
    blocks: blocks.map(([id, text]) => ({ id, kind: 'paragraph', runs: text === '' ? [] : [{ text, strong: false }] })),
  };
}

describe('the rescue tray', () => {
  test('holds new and changed paragraphs, section by section, and nothing the server has', () => {
    const mine = [
      section('a', ['1', '一样'], ['2', '我改过'], ['3', '我新写'], ['4', '']),
      section('b', ['5', '没动']),
      section('c', ['6', '整段是新的']),
    ];
    const theirs = [section('a', ['1', '一样'], ['2', '原来的']), section('b', ['9', '没动'])];
    expect(differingParagraphs(mine, theirs)).toEqual([
      { key: 'a', paragraphs: ['我改过', '我新写'] },
      { key: 'c', paragraphs: ['整段是新的'] },
    ]);
  });

  test('of two windows of one person forgets nothing of either', () => {
    const { store } = new Machine();
    const timers = { now: () => 1, after: () => () => undefined, random: Math.random };
    const [one, other] = [new Tray(store, 'u', 'd', timers), new Tray(store, 'u', 'd', timers)];
    one.holdBack('read_only', [section('a', ['1', '这一扇窗的'])]);
    other.holdBack('read_only', [section('a', ['1', '那一扇窗的'])]);
    one.settle(() => [section('a', ['1', '服务器的'])]);
    const words = () =>
      readTray(store, 'u', 'd').flatMap(({ sections }) => sections.flatMap((each) => each.paragraphs));
    expect(words()).toEqual(['这一扇窗的', '那一扇窗的']);
    const mine = one.entries.find(({ sections }) => sections[0]?.paragraphs[0] === '这一扇窗的');
    one.remove(mine?.id ?? '');
    other.add('4403', [{ key: 'a', paragraphs: ['又一句'] }]);
    expect(words()).toEqual(['那一扇窗的', '又一句']);
  });

  test('survives on the machine until it is put away, and settles what was pending', () => {
    const { store } = new Machine();
    const pending = [section('a', ['1', '我的'])];
    writeTray(store, 'u', 'd', [{ id: 'x', at: 1, code: 'read_only', sections: [], pending }]);
    const settled = settle(readTray(store, 'u', 'd'), [section('a', ['1', '服务器的'])]);
    expect(settled).toEqual([{ id: 'x', at: 1, code: 'read_only', sections: [{ key: 'a', paragraphs: ['我的'] }] }]);
    expect(settle(readTray(store, 'u', 'd'), pending)).toEqual([]);
    expect(readTray(store, 'other', 'd')).toEqual([]);
    writeTray(store, 'u', 'd', []);
    expect(store.length).toBe(0);
  });

  test('copies as headings and paragraphs', () => {
    const entry = { id: 'x', at: 1, code: 'read_only', sections: [{ key: 'a', paragraphs: ['甲', '乙'] }] };
    expect(rescuedText(entry, () => '一、原因分析')).toBe('一、原因分析\n甲\n乙');
  });

  test('reads nothing from what is not its own', () => {
    const { store } = new Machine();
    store.setItem('duizhao.rescue:u:d', '{broken');
    expect(readTray(store, 'u', 'd')).toEqual([]);
  });
});

test('unsaved documents are listed by user', () => {
  const { store } = new Machine();
  markUnsaved(store, 'u1', 'd1', 'p1', '1');
  markUnsaved(store, 'u1', 'd1', 'p2', '1');
  markUnsaved(store, 'u2', 'd2', 'p1', '1');
  expect(unsavedDocuments('u1', store)).toEqual(['d1']);
  expect(unsavedDocuments(undefined, store).sort()).toEqual(['d1', 'd2']);
  markSaved(store, 'u1', 'd1', 'p1');
  expect(isUnsaved(store, 'u1', 'd1')).toBe(true);
  markSaved(store, 'u1', 'd1', 'p2');
  expect(isUnsaved(store, 'u1', 'd1')).toBe(false);
});

describe('the save state', () => {
  const facts = {
    ended: undefined,
    writable: true,
    ready: true,
    live: true,
    unsent: false,
    owed: false,
    owedSince: null,
    kept: true,
    characters: 7,
    storedAt: 5,
  };

  test.each([
    [{}, { state: 'stored', characters: 7, at: 5 }],
    [{ ready: false }, { state: 'connecting' }],
    [{ live: false }, { state: 'offline' }],
    [
      { live: false, unsent: true },
      { state: 'local', kept: true, online: false },
    ],
    [
      { live: false, unsent: true, kept: false },
      { state: 'local', kept: false, online: false },
    ],
    [
      { owed: true, owedSince: 1_000 },
      { state: 'storing', late: false },
    ],
    [
      { owed: true, owedSince: 0 },
      { state: 'storing', late: true },
    ],
    [{ writable: false }, { state: 'read_only', online: true }],
    [
      { writable: false, unsent: true, live: false },
      { state: 'local', kept: true, online: false },
    ],
    [
      { ended: 4426, unsent: true },
      { state: 'stopped', code: 4426 },
    ],
  ])('%j gives %j', (change, state) => {
    expect(saveStateOf({ ...facts, ...change }, 5_500)).toEqual(state);
  });
});

describe('presence', () => {
  const states = new Map<number, unknown>([
    [1, { user: { id: 'me', name: '我' }, section: 'a', cursor: { anchor: 1, head: 1 } }],
    [2, { user: { id: 'me', name: '我' }, section: 'a', cursor: { anchor: 1, head: 1 } }],
    [3, { user: { id: 'u', name: '王五' }, section: 'a', cursor: { anchor: 1, head: 2 } }],
    [4, { user: { id: 'u', name: '王五' } }],
    [5, { user: { id: 'v', name: '赵六' }, section: 'b', cursor: null }],
    [6, { section: 'a', cursor: {} }],
  ]);

  test('a person with several windows is one, oneself is none', () => {
    expect(presentPeople(states, 1, 'me')).toEqual([
      { userId: 'u', name: '王五', section: 'a' },
      { userId: 'v', name: '赵六', section: 'b' },
    ]);
  });

  test('carets are those of other people in this section', () => {
    expect(caretsIn(states, 'a', 1, 'me').map(({ clientId }) => clientId)).toEqual([3]);
    expect(caretsIn(states, 'b', 1, 'me')).toEqual([]);
  });
});
