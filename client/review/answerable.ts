/** A fate as the reviewer's screens take it, of a remark or of a change alike: what stands, its steps, where it is answered. */
import type { ChangeNote } from '../../shared/api/proposals.ts';
import type { Remark } from '../../shared/api/remarks.ts';

export type Fated = Pick<ChangeNote, 'fate' | 'words' | 'by' | 'at' | 'confirmedBy' | 'history'>;

/** `resource` is what the answer is sent to. */
export type Answerable = Fated & { readonly resource: `remarks/${string}` | `changes/${string}` };

export function answerableRemark({ id, fate, fateWords, fateBy, fateAt, confirmedBy, history }: Remark): Answerable {
  return { resource: `remarks/${id}`, fate, words: fateWords, by: fateBy, at: fateAt, confirmedBy, history };
}

export function answerableChange(note: ChangeNote): Answerable {
  return { ...note, resource: `changes/${note.key}` };
}
