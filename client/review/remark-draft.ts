/**
 * The remark being written: its words and the place in the text it is meant for. `open` false means it was put aside with
 * Esc and is offered again in the rail.
 */
import { z } from 'zod';
import type { Phrase } from '../../shared/api/phrases.ts';
import { type AnchorBody, anchorBody, remarkKinds } from '../../shared/api/remarks.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useDraft } from './drafts.ts';

const remarkDraftSchema = z.object({
  anchor: anchorBody,
  words: z.string(),
  open: z.boolean(),
  kind: z.enum(remarkKinds).default('suggestion'),
  basis: z.string().default(''),
});
export type RemarkDraft = z.infer<typeof remarkDraftSchema>;

/** What begins when words are selected: the words already written stay and move to the new place. */
export function beginDraft(before: RemarkDraft | null, anchor: AnchorBody): RemarkDraft {
  return {
    anchor,
    words: before?.words ?? '',
    open: true,
    kind: before?.kind ?? 'suggestion',
    basis: before?.basis ?? '',
  };
}

/** A stock phrase joins the words; an empty remark also becomes what the phrase is. */
export function withPhrase(draft: RemarkDraft, phrase: Phrase): RemarkDraft {
  if (draft.words.trim() === '') {
    return { ...draft, words: phrase.words, kind: phrase.kind, basis: draft.basis === '' ? phrase.basis : draft.basis };
  }
  return { ...draft, words: `${draft.words}${phrase.words}`, basis: draft.basis === '' ? phrase.basis : draft.basis };
}

/** What Esc leaves: nothing when nothing was written. */
export function putAside(draft: RemarkDraft): RemarkDraft | null {
  return draft.words.trim() === '' ? null : { ...draft, open: false };
}

export function useRemarkDraft() {
  const { document, currentAnchor, openRail } = useDocumentContext();
  const [draft, setDraft] = useDraft('remark', remarkDraftSchema);
  const mayRemark = document.may.includes('remark');
  return {
    draft: mayRemark ? draft : null,
    setDraft,
    mayRemark,
    /** Opens the rail with the composer for the selected words; false when nothing is selected or no remark may be written. */
    begin: (): boolean => {
      if (!mayRemark || currentAnchor === null) return false;
      setDraft(beginDraft(draft, currentAnchor));
      openRail('remarks');
      return true;
    },
  };
}
