/** The reviewer's text beside the version, compared a few times a second at most while he writes. */
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { readContent, type SectionContent } from '../../shared/document/content.ts';
import { compareProposal, type Proposed } from '../../shared/proposals/changes.ts';

const compareEveryMs = 120;

export function useCompared(doc: Y.Doc, base: readonly SectionContent[], ready: boolean): Proposed | null {
  const [proposed, setProposed] = useState<Proposed | null>(null);
  useEffect(() => {
    if (!ready) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keys = base.map(({ key }) => key);
    const compare = () => {
      timer = undefined;
      setProposed(compareProposal(base, readContent(doc, keys)));
    };
    const changed = () => {
      timer ??= setTimeout(compare, compareEveryMs);
    };
    compare();
    doc.on('update', changed);
    return () => {
      clearTimeout(timer);
      doc.off('update', changed);
    };
  }, [doc, base, ready]);
  return proposed;
}
