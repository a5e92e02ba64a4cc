/**
 * Words begun and not yet sent: a remark, a reply, the reasons of a return. They stay in this tab until they are sent or
 * emptied, whatever is closed on the way (Esc, a dialog, the rail, a reload). Keyed by person and document.
 */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import { useDocumentContext } from '../documents/document-context.ts';

const changes = new EventTarget();

function subscribe(listener: () => void): () => void {
  changes.addEventListener('change', listener);
  return () => changes.removeEventListener('change', listener);
}

/** What was begun under `kind` on this document, or null; setting null forgets it. A value of another shape is forgotten. */
export function useDraft<S extends z.ZodType>(
  kind: string,
  schema: S,
): readonly [z.output<S> | null, (draft: z.output<S> | null) => void] {
  const { document, me } = useDocumentContext();
  const key = draftKey(me.id, document.id, kind);
  const stored = useSyncExternalStore(subscribe, () => sessionStorage.getItem(key));
  const draft = useMemo(() => read(stored, schema), [stored, schema]);
  const write = useCallback(
    (next: z.output<S> | null) => {
      if (next === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(next));
      changes.dispatchEvent(new Event('change'));
    },
    [key],
  );
  return [draft, write];
}

/** Writes a draft from outside its page: words of a decision that was taken back or refused. */
export function keepDraft(userId: string, documentId: string, kind: string, draft: unknown): void {
  sessionStorage.setItem(draftKey(userId, documentId, kind), JSON.stringify(draft));
  changes.dispatchEvent(new Event('change'));
}

function draftKey(userId: string, documentId: string, kind: string): string {
  return `duizhao.draft.${userId}.${documentId}.${kind}`;
}

function read<S extends z.ZodType>(stored: string | null, schema: S): z.output<S> | null {
  if (stored === null) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : null;
  } catch {
    // Somebody else wrote under this key; it is no draft.
    return null;
  }
}
