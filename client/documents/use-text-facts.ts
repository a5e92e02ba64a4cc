/** Characters and remarks of the live text, counted a few times a second at most. */
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { sameFacts, type TextFacts, textFacts } from '../editor/text-facts.ts';

const countEveryMs = 150;

export function useTextFacts(doc: Y.Doc, keys: readonly string[]): TextFacts {
  const [facts, setFacts] = useState(() => textFacts(doc, keys));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      timer = undefined;
      const next = textFacts(doc, keys);
      setFacts((before) => (sameFacts(before, next) ? before : next));
    };
    const changed = () => {
      timer ??= setTimeout(count, countEveryMs);
    };
    count();
    doc.on('update', changed);
    return () => {
      clearTimeout(timer);
      doc.off('update', changed);
    };
  }, [doc, keys]);
  return facts;
}
