/**
 * The one spelling of a frozen text that its SHA-256 is taken over: what is printed and nothing else, in a fixed order.
 *
 * Block ids, section keys, guidance, quotas and short names are not text and stay out, so a hash survives their change.
 * Neighbouring runs of one weight are joined first: how an editor cut a paragraph into runs is not text either.
 * Anything printed comes in: changing this spelling changes every hash, so `form` would have to grow with it.
 */
import type { Block, Run } from '../document/content.ts';
import type { FrozenText } from '../document/frozen-text.ts';

/** The canonical JSON of a frozen text; hash its UTF-8 bytes. */
export function canonicalText(text: FrozenText): string {
  const bodies = new Map(text.content.map((section) => [section.key, section.blocks]));
  return JSON.stringify({
    form: 1,
    title: text.title,
    byline: text.byline,
    dateLine: text.dateLine,
    sections: text.sections.map((section) => ({
      level: section.level,
      number: section.number,
      title: section.title,
      itemNumbering: section.itemNumbering,
      blocks: (bodies.get(section.key) ?? []).map(canonicalBlock),
    })),
  });
}

function canonicalBlock(block: Block) {
  return { kind: block.kind, runs: joinRuns(block.runs).map(({ text, strong }) => ({ text, strong })) };
}

/** The same text in as few runs as its weights allow. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (run.text === '') continue;
    if (last !== undefined && last.strong === run.strong) {
      joined[joined.length - 1] = { text: last.text + run.text, strong: run.strong };
    } else joined.push({ text: run.text, strong: run.strong });
  }
  return joined;
}
