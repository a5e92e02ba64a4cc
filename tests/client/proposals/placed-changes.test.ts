/** [PP18] Where changes with their fates stand in a comparison of two versions. */
import { expect, test } from 'vitest';
import { placeChanges } from '../../../client/proposals/placed-changes.ts';
import type { FateStep } from '../../../shared/api/fates.ts';
import type { ProposalState } from '../../../shared/api/proposals.ts';

const by = { id: 'user_01J00000000000000000000001' as FateStep['by']['id'], name: '张三' };
const step = (act: FateStep['act'], round: number): FateStep => ({
  id: 'fev_01J00000000000000000000001' as FateStep['id'],
  act,
  fate: 'adopted',
  words: '',
  round,
  by,
  at: '2022-01-10T00:00:00.000Z',
});

type Item = Parameters<typeof placeChanges>[0][number];
const common = { sectionKey: 'opening' };
const block = (id: string) => ({ id, kind: 'paragraph' as const, runs: [] });

function item(change: Item['change'], history: readonly FateStep[] = [], state: ProposalState = 'handed_over'): Item {
  const confirmedBy = history.at(-1)?.act === 'confirm' ? by : null;
  const proposal = { state } as Item['proposal']; // nothing else of it is asked for
  const note = { key: change.id, reason: '', words: '', by: null, at: null, fate: 'adopted' as const };
  return { proposal, change, note: { ...note, confirmedBy, history: [...history] } };
}

const strong = (id: string, blockId: string): Item['change'] => ({
  kind: 'strong',
  id,
  ...common,
  blockId,
  at: 0,
  words: '学习',
  strong: true,
});
const answer = {
  sections: [
    {
      key: 'opening',
      heading: '',
      blocks: ['a', 'b', 'c'].map((blockId) => ({ kind: 'same' as const, blockId, segments: [] })),
    },
  ],
} as unknown as Parameters<typeof placeChanges>[1]; // the ids of the blocks are all that is read

const ids = (items: readonly Item[] | undefined) => (items ?? []).map(({ change }) => change.id);

test('each beside the block it was about; one that was to add a paragraph beside that, or apart where it was not added', () => {
  const items = [
    item(strong('s', 'b')),
    item({ kind: 'added', id: 'taken', ...common, block: block('c') }),
    item({ kind: 'added', id: 'not', ...common, block: block('x') }),
    item({ kind: 'moved', id: 'm', ...common, fromSection: 'closing', block: block('b') }),
  ];
  const { beside, apart } = placeChanges(items, answer, 2);
  expect([...beside].map(([key, placed]) => [key, ids(placed)])).toEqual([
    ['b', ['s', 'm']],
    ['c', ['taken']],
  ]);
  expect(ids(apart)).toEqual(['not']);
});

test('those agreed with in an earlier round are done with; in this one they stay, and so do those opened again', () => {
  const items = [
    item(strong('done', 'a'), [step('set', 1), step('confirm', 1)]),
    item(strong('now', 'a'), [step('set', 1), step('confirm', 2)]),
    item(strong('again', 'a'), [step('set', 1), step('confirm', 1), step('reopen', 2)]),
    item(strong('waiting', 'a'), [step('set', 1)]),
  ];
  expect(ids(placeChanges(items, answer, 2).beside.get('a'))).toEqual(['now', 'again', 'waiting']);
});

test('nothing of a proposal that was not handed over', () => {
  expect(placeChanges([item(strong('s', 'a'), [], 'void')], answer, 1)).toEqual({ beside: new Map(), apart: [] });
});
