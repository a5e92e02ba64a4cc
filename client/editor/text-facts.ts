/** Facts of the live text for the page around it: characters per section, the order of remarks. Pure. */
import * as Y from 'yjs';
import { countSection, readSection } from '../../shared/document/content.ts';
import { rootOf } from '../../shared/document/schema.ts';
import { lookOf, sharedRuns } from './binding/shared-block.ts';

export type TextFacts = {
  readonly characters: ReadonlyMap<string, number>;
  readonly total: number;
  readonly remarkOrder: readonly string[];
};

export function textFacts(doc: Y.Doc, keys: readonly string[]): TextFacts {
  const characters = new Map(keys.map((key) => [key, countSection(readSection(doc, key))] as const));
  const total = [...characters.values()].reduce((sum, count) => sum + count, 0);
  return { characters, total, remarkOrder: remarksInText(doc, keys) };
}

/** The remarks anchored in the text, in the order of the text. */
export function remarksInText(doc: Y.Doc, keys: readonly string[]): string[] {
  const found = new Set<string>();
  for (const key of keys) {
    for (const block of doc.getXmlFragment(rootOf(key)).toArray()) {
      if (!(block instanceof Y.XmlElement)) continue;
      for (const run of sharedRuns(block)) for (const id of lookOf(run.formats).remarks) found.add(id);
    }
  }
  return [...found];
}

export function sameFacts(a: TextFacts, b: TextFacts): boolean {
  return (
    a.total === b.total &&
    a.remarkOrder.join() === b.remarkOrder.join() &&
    [...a.characters].every(([key, count]) => b.characters.get(key) === count)
  );
}
