/** [WF] The lifecycle: every state with every command against the table of design section 7, written out by hand. */
import { describe, expect, test } from 'vitest';
import {
  born,
  type Command,
  type CommandName,
  type Lifecycle,
  lifecycleSchema,
  type State,
  states,
  transition,
} from '../../../shared/document/lifecycle.ts';
import type { UserId, VersionId } from '../../../shared/ids.ts';

// Ids by form; what they name plays no part here.
const lisi = 'user_00000000000000000000000001' as UserId;
const zhangsan = 'user_00000000000000000000000002' as UserId;
const office = 'user_00000000000000000000000003' as UserId;
const v1 = 'ver_00000000000000000000000001' as VersionId;
const v2 = 'ver_00000000000000000000000002' as VersionId;
const at = '2022-01-12T08:00:00.000Z';
const later = '2022-01-13T08:00:00.000Z';

const standing: Readonly<Record<State, Lifecycle>> = {
  drafting: { state: 'drafting', round: 2 },
  in_review: { state: 'in_review', round: 2, versionId: v1, submitterId: lisi, at },
  returned: { state: 'returned', round: 2, versionId: v1, reason: 'lacks_facts', words: '补事例', by: zhangsan, at },
  approved: { state: 'approved', round: 2, versionId: v1, approverId: zhangsan, at },
  filed: {
    state: 'filed',
    round: 2,
    versionId: v1,
    approverId: zhangsan,
    approvedAt: at,
    fileNumber: 'X党字〔2022〕1号',
    fileDate: '2022-01-18',
    by: office,
    at,
  },
};

const commands: Readonly<Record<CommandName, Command>> = {
  submit: { name: 'submit', versionId: v2 },
  withdraw: { name: 'withdraw' },
  return: { name: 'return', reason: 'shallow_analysis', words: '再深一层' },
  approve: { name: 'approve', versionId: v1 },
  reopen: { name: 'reopen', reason: '上级要求补充' },
  file: { name: 'file', number: 'X党字〔2022〕2号', date: '2022-01-19' },
  recall: { name: 'recall' },
};
const names: readonly CommandName[] = ['submit', 'withdraw', 'return', 'approve', 'reopen', 'file', 'recall'];

/** Columns as in `names`; a dot is a refusal. */
const table: Readonly<Record<State, readonly (State | '.')[]>> = {
  drafting: ['in_review', '.', '.', '.', '.', '.', '.'],
  in_review: ['.', 'drafting', 'returned', 'approved', '.', '.', '.'],
  returned: ['in_review', '.', '.', '.', '.', '.', '.'],
  approved: ['.', '.', '.', '.', 'returned', 'filed', '.'],
  filed: ['.', '.', '.', '.', '.', '.', 'approved'],
};

describe('every state with every command', () => {
  for (const state of states) {
    for (const [column, name] of names.entries()) {
      const expected = table[state][column];
      test(`${state} × ${name} → ${expected === '.' ? 'refused' : expected}`, () => {
        const result = transition(standing[state], commands[name], zhangsan, later);
        if (expected === '.') {
          expect(result).toEqual({ ok: false, error: { code: 'wrong_state', state, command: name } });
        } else {
          expect(result.ok && result.value.state).toBe(expected);
          expect(result.ok && lifecycleSchema.safeParse(result.value).success).toBe(true);
        }
      });
    }
  }
});

describe('each state carries what it cannot exist without', () => {
  test('a document is born as a draft that nobody has submitted', () => {
    expect(born).toEqual({ state: 'drafting', round: 0 });
  });

  test('submitting opens the next round and names version and submitter', () => {
    expect(transition(standing.returned, commands.submit, lisi, later)).toEqual({
      ok: true,
      value: { state: 'in_review', round: 3, versionId: v2, submitterId: lisi, at: later },
    });
  });

  test('withdrawing keeps the count of rounds, so that who has read a text once may read it further', () => {
    const withdrawn = transition(standing.in_review, commands.withdraw, lisi, later);
    expect(withdrawn).toEqual({ ok: true, value: { state: 'drafting', round: 2 } });
  });

  test('a return carries its reason and words', () => {
    const returned = transition(standing.in_review, commands.return, zhangsan, later);
    expect(returned.ok && returned.value).toMatchObject({
      reason: 'shallow_analysis',
      words: '再深一层',
      by: zhangsan,
    });
  });

  test('reopening says that the approval is void', () => {
    const reopened = transition(standing.approved, commands.reopen, zhangsan, later);
    expect(reopened.ok && reopened.value).toMatchObject({
      state: 'returned',
      reason: 'approval_void',
      words: '上级要求补充',
    });
  });

  test('filing keeps who approved and when; recalling gives exactly that back', () => {
    const filed = transition(standing.approved, commands.file, office, later);
    if (!filed.ok) throw new Error('refused');
    expect(filed.value).toMatchObject({ fileNumber: 'X党字〔2022〕2号', fileDate: '2022-01-19', approverId: zhangsan });
    expect(transition(filed.value, commands.recall, office, later)).toEqual({ ok: true, value: standing.approved });
  });
});

describe('approval binds to a version', () => {
  test('naming another version than the one in review is stale, and says which one is current', () => {
    expect(transition(standing.in_review, { name: 'approve', versionId: v2 }, zhangsan, later)).toEqual({
      ok: false,
      error: { code: 'stale_version', current: v1 },
    });
  });

  test('approving an approved text again is a wrong state, not a second approval', () => {
    const again = transition(standing.approved, commands.approve, zhangsan, later);
    expect(again).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
  });
});
