/** [PP15] What the reviewer is told of his changes before he approves. */
import { expect, test } from 'vitest';
import { countFates } from '../../../client/proposals/proposed-items.ts';
import type { ChangeFate } from '../../../shared/api/fates.ts';
import type { ChangeNote, Proposal, ProposalState } from '../../../shared/api/proposals.ts';

const proposal = (state: ProposalState): Proposal => ({
  id: 'prop_01J00000000000000000000001' as Proposal['id'],
  documentId: 'doc_01J00000000000000000000001' as Proposal['documentId'],
  round: 1,
  versionId: 'ver_01J00000000000000000000001' as Proposal['versionId'],
  versionNumber: 1,
  by: { id: 'user_01J00000000000000000000001' as Proposal['by']['id'], name: '张三' },
  state,
  at: '2022-01-10T00:00:00.000Z',
  handedAt: null,
});
const note = (fate: ChangeFate): ChangeNote => ({
  key: fate,
  reason: '',
  fate,
  words: '',
  by: null,
  at: null,
  confirmedBy: null,
  history: [],
});
const item = (state: ProposalState, fate: ChangeFate) => ({ proposal: proposal(state), note: note(fate) });

test('[PP15] counts the fates of what was handed over, and of nothing else', () => {
  const items = [
    item('handed_over', 'adopted'),
    item('handed_over', 'explained'),
    item('handed_over', 'explained'),
    item('handed_over', 'open'),
    item('void', 'open'),
  ];
  expect(countFates(items)).toEqual({ open: 1, adopted: 1, partly: 0, declined: 0, explained: 2 });
});
