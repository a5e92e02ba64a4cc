import { describe, expect, it } from 'vitest';
import { baselineOf, isStale, unrecorded } from '../../../client/review/reading.ts';
import type { VersionId } from '../../../shared/ids.ts';

// Ids made by hand: only their equality matters here.
const first = { id: 'ver_00000000000000000000000001' as VersionId, number: 1 };
const second = { id: 'ver_00000000000000000000000002' as VersionId, number: 2 };
const readFirst = { versionId: first.id, number: 1, at: '2022-01-10T02:00:00.000Z' };
const reviewer = ['read', 'remark', 'return', 'approve'] as const;

describe('what a reviewer has seen', () => {
  it('begins a later round at his last reading', () => {
    expect(baselineOf({ currentVersion: second, lastRead: readFirst, may: [...reviewer] })).toEqual({ from: 1, to: 2 });
    expect(baselineOf({ currentVersion: first, lastRead: readFirst, may: [...reviewer] })).toBeNull();
    expect(baselineOf({ currentVersion: second, lastRead: null, may: [...reviewer] })).toBeNull();
  });

  it('is stale when another version came while the page stood open', () => {
    expect(isStale({ currentVersion: second, lastRead: null, may: [...reviewer] }, first)).toBe(true);
    expect(isStale({ currentVersion: first, lastRead: null, may: [...reviewer] }, first)).toBe(false);
    expect(isStale({ currentVersion: second, lastRead: null, may: ['read'] }, first)).toBe(false);
  });

  it('is recorded once for each version, and only for the one seen', () => {
    const document = { currentVersion: second, lastRead: readFirst, may: [...reviewer] };
    expect(unrecorded(document, second)).toBe(true);
    expect(unrecorded(document, first)).toBe(false);
    expect(unrecorded({ ...document, lastRead: { ...readFirst, versionId: second.id, number: 2 } }, second)).toBe(
      false,
    );
    expect(unrecorded({ ...document, may: ['read'] }, second)).toBe(false);
  });
});
