/** With words selected, a number key writes the stock phrase of that number as a remark on them, at once. */
import { usePhrases } from '../api/desk.ts';
import { useRemark } from '../api/mutations.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { beginDraft, useRemarkDraft, withPhrase } from './remark-draft.ts';
import { useComparison } from './use-comparison.ts';
import { type KeyMap, useKeys } from './use-keys.ts';

export function usePhraseKeys(): void {
  const { document, currentAnchor, clearAnchor, setActiveRemarkId, openRail } = useDocumentContext();
  const { mayRemark, draft, setDraft } = useRemarkDraft();
  const { pair } = useComparison();
  const phrases = usePhrases(mayRemark).data?.phrases ?? [];
  const send = useRemark(document.id);
  const wanted = mayRemark && currentAnchor !== null && pair === null && draft?.open !== true;

  const write = (index: number): boolean => {
    const phrase = phrases[index];
    if (phrase === undefined || currentAnchor === null || send.isPending) return false;
    send.mutate(
      { anchor: currentAnchor, ...phrase },
      {
        onSuccess: ({ remark }) => {
          clearAnchor();
          setActiveRemarkId(remark.id);
        },
        // Nothing is lost: the composer opens with the phrase in it and says what went wrong when it is sent again.
        onError: () => {
          setDraft(withPhrase(beginDraft(null, currentAnchor), phrase));
          openRail('remarks');
        },
      },
    );
    return true;
  };
  const keys: KeyMap = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${n + 1}`, () => write(n)]));
  useKeys(keys, wanted);
}
