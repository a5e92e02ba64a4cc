/** The no to a decision on another version than the one in review, with how much its reader has not seen. */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { compareContents } from '../../shared/compare/compare.ts';
import type { VersionId } from '../../shared/ids.ts';
import type { Moment } from './carry-out.ts';
import { versionOf } from './view-text.ts';

/** A version of another document counts as nothing read. */
export async function stale({ records, document }: Moment, current: VersionId, read: VersionId): Promise<Refusal> {
  const before = await versionOf(records, document, read);
  const now = await versionOf(records, document, current);
  if (now === undefined) throw new Error(`round without version ${current}`);
  const { changed } = compareContents(before?.text.content ?? [], now.text.content);
  return refusal('stale_version', 'another version is in review', { current, changes: changed });
}
