/**
 * [AC] Who may do what: the table of design section 7, written out once more as a reader would, for every person, action and
 * state. A cell holds the letters of the states in which the answer is yes:
 * d drafting, never submitted · D drafting after a withdrawal · i in review · r returned · a approved · f filed.
 */
import { describe, expect, test } from 'vitest';
import {
  type Action,
  type Actor,
  actions,
  allowedActions,
  can,
  type DocumentFacts,
  type Role,
} from '../../../shared/access/can.ts';
import { roomAccess } from '../../../shared/access/room-access.ts';
import type { Lifecycle } from '../../../shared/document/lifecycle.ts';
import type { UserId, VersionId } from '../../../shared/ids.ts';

// Ids by form; what they name plays no part here.
const user = (n: number) => `user_0000000000000000000000000${n}` as UserId;
const versionId = 'ver_00000000000000000000000001' as VersionId;
const at = '2022-01-12T08:00:00.000Z';

const zhangsan = user(1);
const lisi = user(2);
const wangwu = user(3);

type Cast = Readonly<Record<string, Actor>>;
const actor = (userId: UserId, role: Role | undefined, administrator = false): Actor => ({
  userId,
  role,
  administrator,
});

const cast = {
  leader: actor(zhangsan, 'leader'),
  lisi: actor(lisi, 'member'),
  wangwu: actor(wangwu, 'member'),
  drafter: actor(user(4), 'member'),
  office: actor(user(5), 'office'),
  officeDrafter: actor(user(9), 'office'),
  supervisor: actor(user(6), 'supervisor'),
  stranger: actor(user(7), undefined),
  administrator: actor(user(8), undefined, true),
} as const satisfies Cast;
type Name = keyof typeof cast;

const letters = ['d', 'D', 'i', 'r', 'a', 'f'] as const;
type Letter = (typeof letters)[number];

function lifecycle(letter: Letter, submitterId: UserId): Lifecycle {
  const common = { round: 1, versionId, at };
  switch (letter) {
    case 'd':
      return { state: 'drafting', round: 0 };
    case 'D':
      return { state: 'drafting', round: 1 };
    case 'i':
      return { ...common, state: 'in_review', submitterId };
    case 'r':
      return { ...common, state: 'returned', reason: 'lacks_facts', words: '', by: zhangsan };
    case 'a':
      return { ...common, state: 'approved', approverId: zhangsan };
    case 'f':
      return {
        ...common,
        state: 'filed',
        approverId: zhangsan,
        approvedAt: at,
        fileNumber: '1',
        fileDate: '2022-01-18',
        by: zhangsan,
      };
  }
}

type Cells = Readonly<Partial<Record<Action, string>>>;
type Grid = {
  readonly about: string;
  readonly facts: Omit<DocumentFacts, 'lifecycle'>;
  readonly submitterId: UserId;
  /** Who is not here may nothing. */
  readonly rows: Readonly<Partial<Record<Name, Cells>>>;
};

const outline = { kind: 'outline', leaderReview: 'supervisor', drafterIds: [user(4), user(9)] } as const;
const authorRow: Cells = {
  read: 'dDiraf',
  write: 'dDr',
  reply: 'dDira',
  set_fate: 'dDira',
  submit: 'dDr',
  withdraw: 'i',
  export_clean: 'af',
  export_draft: 'dDiraf',
  file: 'a',
  recall: 'f',
  adopt: 'dDr',
  authorship: 'dDiraf',
};
const reviewerRow: Cells = {
  read: 'Diraf',
  remark: 'Dira',
  reply: 'Dira',
  confirm_fate: 'Dira',
  return: 'i',
  approve: 'i',
  reopen: 'a',
  export_clean: 'af',
  export_draft: 'Diraf',
  file: 'a',
  recall: 'f',
  propose: 'i',
  authorship: 'Diraf',
};
const officeRow: Cells = { read: 'af', export_clean: 'af', file: 'a', recall: 'f' };
const supervisorRow: Cells = { read: 'af', remark: 'a', reply: 'a' };
const drafterRow: Cells = {
  read: 'dDiraf',
  write: 'dDr',
  remark: 'dDira',
  reply: 'dDira',
  set_fate: 'dDira',
  submit: 'dDr',
  export_draft: 'dDiraf',
  adopt: 'dDr',
  authorship: 'dDiraf',
};

const grids: readonly Grid[] = [
  {
    about: "a member's outline",
    facts: { ...outline, ownerId: lisi, leadersOwn: false },
    submitterId: lisi,
    rows: {
      lisi: authorRow,
      leader: reviewerRow,
      office: officeRow,
      officeDrafter: officeRow,
      supervisor: supervisorRow,
    },
  },
  {
    about: "the leader's own outline, reviewed by the supervisors",
    facts: { ...outline, ownerId: zhangsan, leadersOwn: true },
    submitterId: zhangsan,
    rows: {
      leader: authorRow,
      supervisor: reviewerRow,
      office: officeRow,
      officeDrafter: officeRow,
    },
  },
  {
    about: "the leader's own outline, confirmed by himself",
    facts: { ...outline, leaderReview: 'self', ownerId: zhangsan, leadersOwn: true },
    submitterId: zhangsan,
    rows: {
      leader: {
        ...authorRow,
        remark: 'Dira',
        confirm_fate: 'Dira',
        return: 'i',
        approve: 'i',
        reopen: 'a',
      },
      supervisor: supervisorRow,
      office: officeRow,
      officeDrafter: officeRow,
    },
  },
  {
    about: 'the team material, submitted by a drafter',
    facts: { ...outline, kind: 'team', ownerId: undefined, leadersOwn: false },
    submitterId: user(4),
    rows: {
      leader: {
        read: 'dDiraf',
        write: 'dDr',
        remark: 'dDira',
        reply: 'dDira',
        set_fate: 'dDira',
        confirm_fate: 'dDira',
        submit: 'dDr',
        return: 'i',
        approve: 'i',
        reopen: 'a',
        export_clean: 'af',
        export_draft: 'dDiraf',
        file: 'a',
        recall: 'f',
        propose: 'i',
        adopt: 'dDr',
        authorship: 'dDiraf',
      },
      drafter: { ...drafterRow, withdraw: 'i' },
      officeDrafter: { ...drafterRow, export_clean: 'af', file: 'a', recall: 'f' },
      lisi: { read: 'Diraf' },
      wangwu: { read: 'Diraf' },
      office: officeRow,
      supervisor: supervisorRow,
    },
  },
];

const names = Object.keys(cast) as Name[];

for (const { about, facts, submitterId, rows } of grids) {
  describe(`[AC] ${about}`, () => {
    for (const name of names) {
      for (const action of actions) {
        const expected = rows[name]?.[action] ?? '';
        test(`${name} may ${action}: ${expected === '' ? 'never' : expected}`, () => {
          const yes = letters.filter((letter) =>
            can(cast[name], action, { ...facts, lifecycle: lifecycle(letter, submitterId) }),
          );
          expect(yes.join('')).toBe(expected);
        });
      }
    }
  });
}

describe('[AC] what the table means', () => {
  const member = { ...outline, ownerId: lisi, leadersOwn: false } as const;
  const of = (letter: Letter, facts: Omit<DocumentFacts, 'lifecycle'> = member): DocumentFacts => ({
    ...facts,
    lifecycle: lifecycle(letter, lisi),
  });

  test('a personal outline has exactly one writer, in every state', () => {
    for (const letter of letters) {
      const writers = names.filter((name) => can(cast[name], 'write', of(letter)));
      expect(writers).toEqual(['d', 'D', 'r'].includes(letter) ? ['lisi'] : []);
    }
  });

  test('only the submitter withdraws, even when others may write', () => {
    const team = { ...member, kind: 'team', ownerId: undefined } as const;
    const submitted = { ...team, lifecycle: lifecycle('i', user(4)) };
    expect(names.filter((name) => can(cast[name], 'withdraw', submitted))).toEqual(['drafter']);
  });

  test('an administrator may nothing, even if a row said that he takes part', () => {
    for (const letter of letters) {
      expect(allowedActions({ ...cast.leader, administrator: true }, of(letter))).toEqual([]);
      expect(allowedActions(cast.administrator, of(letter))).toEqual([]);
    }
  });

  test("nobody decides on his own text, except the leader where the meeting says 'self'", () => {
    const own = { ...member, ownerId: zhangsan, leadersOwn: true };
    expect(can(cast.leader, 'approve', of('i', own))).toBe(false);
    expect(can(cast.leader, 'approve', of('i', { ...own, leaderReview: 'self' }))).toBe(true);
    expect(can(cast.lisi, 'approve', of('i'))).toBe(false);
  });

  test('a room gives write, read or nothing, as the table says', () => {
    expect(roomAccess(cast.lisi, of('d'))).toBe('write');
    expect(roomAccess(cast.lisi, of('i'))).toBe('read');
    expect(roomAccess(cast.leader, of('d'))).toBe('none');
    expect(roomAccess(cast.leader, of('i'))).toBe('read');
    expect(roomAccess(cast.administrator, of('a'))).toBe('none');
  });
});
