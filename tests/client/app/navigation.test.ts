import { describe, expect, test } from 'vitest';
import { placesFor } from '../../../client/app/navigation.ts';

describe('the places one may go', () => {
  test('an administrator manages and has no review desk', () => {
    expect(placesFor({ administrator: true, position: 'leader' }, [{ myRole: 'leader' }], [])).toEqual([
      'home',
      'meetings',
      'accounts',
      'units',
      'audit',
    ]);
  });

  test('a member has neither administration nor review desk', () => {
    expect(placesFor({ administrator: false, position: 'member' }, [{ myRole: 'member' }], [])).toEqual([
      'work',
      'meetings',
    ]);
  });

  test('whoever reviews by post, in a meeting or just now has the review desk', () => {
    const member = { administrator: false, position: 'member' } as const;
    expect(placesFor({ ...member, position: 'supervisor' }, [], [])).toContain('review');
    expect(placesFor(member, [{ myRole: 'leader' }], [])).toContain('review');
    expect(placesFor(member, [], [{ kind: 'review' }])).toContain('review');
  });
});
