/** A remark as the server sends it, for tests of what a page does with remarks. */
import type { Remark } from '../../shared/api/remarks.ts';
import type { DocumentId, RemarkId, UserId } from '../../shared/ids.ts';

/** Ids made by hand: only their equality matters. */
export const remarkId = (n: number) => `rmk_${String(n).padStart(26, '0')}` as RemarkId;
const reviewer = { id: 'user_00000000000000000000000000' as UserId, name: '张三' };

/** Open, attached, made in the nth minute. */
export function remark(n: number, facts: Partial<Remark> = {}): Remark {
  return {
    id: remarkId(n),
    documentId: 'doc_00000000000000000000000000' as DocumentId,
    round: 1,
    sectionKey: 'problems',
    blockId: 'block-0001',
    quote: '监理提了两次',
    before: '',
    after: '',
    words: '请写明当时的想法。',
    by: reviewer,
    at: `2022-01-10T01:${String(n).padStart(2, '0')}:00.000Z`,
    fate: 'open',
    fateWords: '',
    fateBy: null,
    fateAt: null,
    kind: 'suggestion',
    basis: '',
    confirmedBy: null,
    confirmedAt: null,
    history: [],
    standing: null,
    likened: false,
    attached: true,
    replies: [],
    ...facts,
  };
}
