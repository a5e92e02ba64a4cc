import { describe, expect, it } from 'vitest';
import { availableActs } from '../../../client/review/available-acts.ts';
import { type Actor, allowedActions, type DocumentFacts, type Role } from '../../../shared/access/can.ts';
import type { Lifecycle } from '../../../shared/document/lifecycle.ts';
import type { UserId, VersionId } from '../../../shared/ids.ts';

// Ids made by hand: only their equality matters here.
const lisi = 'user_00000000000000000000000001' as UserId;
const zhangsan = 'user_00000000000000000000000002' as UserId;
const office = 'user_00000000000000000000000003' as UserId;
const versionId = 'ver_00000000000000000000000001' as VersionId;
const at = '2022-01-10T02:00:00.000Z';

const inReview: Lifecycle = { state: 'in_review', round: 1, versionId, submitterId: lisi, at };
const approved: Lifecycle = { state: 'approved', round: 1, versionId, approverId: zhangsan, at };

function bar(userId: UserId, role: Role, lifecycle: Lifecycle, facts: Partial<DocumentFacts> = {}) {
  const actor: Actor = { userId, role, administrator: false };
  const document: DocumentFacts = {
    kind: 'outline',
    ownerId: lisi,
    leadersOwn: false,
    leaderReview: 'supervisor',
    drafterIds: [],
    lifecycle,
    ...facts,
  };
  return availableActs({ may: allowedActions(actor, document), lifecycle });
}

describe('availableActs', () => {
  it('gives an author who drafts one thing to do', () => {
    expect(bar(lisi, 'member', { state: 'drafting', round: 0 })).toEqual({
      primary: 'submit',
      beside: ['export'],
      more: [],
    });
  });

  it('gives the reviewer approval and return side by side', () => {
    expect(bar(zhangsan, 'leader', inReview)).toMatchObject({ primary: 'approve', beside: ['export', 'return'] });
  });

  it('gives the submitter withdrawal and nothing primary while the text is read', () => {
    expect(bar(lisi, 'member', inReview)).toMatchObject({ primary: null, beside: ['export', 'withdraw'] });
  });

  it('gives a leader who approves himself approval, return and withdrawal', () => {
    const own = { ownerId: zhangsan, leadersOwn: true, leaderReview: 'self' } as const;
    const mine: Lifecycle = { ...inReview, submitterId: zhangsan };
    expect(bar(zhangsan, 'leader', mine, own)).toMatchObject({
      primary: 'approve',
      beside: ['export', 'return', 'withdraw'],
    });
  });

  it('gives the office the clean copy and filing', () => {
    expect(bar(office, 'office', approved)).toEqual({ primary: 'export', beside: ['file'], more: [] });
  });

  it('keeps reopening in the menu, where it is not pressed by mistake', () => {
    expect(bar(zhangsan, 'leader', approved).more).toEqual(['reopen']);
  });

  it('offers every allowed act exactly once, in every state', () => {
    const states: Lifecycle[] = [{ state: 'drafting', round: 0 }, inReview, approved];
    for (const lifecycle of states) {
      const { primary, beside, more } = bar(zhangsan, 'leader', lifecycle, { kind: 'team' });
      const offered = [primary, ...beside, ...more].filter((act) => act !== null);
      expect(new Set(offered).size).toBe(offered.length);
    }
  });
});
