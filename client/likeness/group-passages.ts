/** Passages at one place of the text are told together: one quote, and everything it resembles. Pure. */
import type { Passage } from '../../shared/api/likeness.ts';

export type PassageGroup = {
  readonly key: string;
  /** The place and the words; the first passage's. */
  readonly place: Pick<Passage, 'sectionKey' | 'blockId' | 'from' | 'to' | 'before' | 'quote' | 'after'>;
  readonly severity: Passage['severity'];
  readonly passages: readonly Passage[];
};

/** In the order in which they come. */
export function groupPassages(passages: readonly Passage[]): PassageGroup[] {
  const groups = new Map<string, Passage[]>();
  for (const passage of passages) {
    const key = [passage.sectionKey, passage.blockId, passage.from, passage.to].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), passage]);
  }
  return Array.from(groups, ([key, list]): PassageGroup[] => {
    const [first] = list;
    if (first === undefined) return [];
    const severity = list.some((passage) => passage.severity === 'warn') ? 'warn' : 'hint';
    return [{ key, place: first, severity, passages: list }];
  }).flat();
}

/** What a group resembles, each kind once, in the order of the passages. */
export function kindsOf({ passages }: Pick<PassageGroup, 'passages'>): Passage['kind'][] {
  return [...new Set(passages.map(({ kind }) => kind))];
}
