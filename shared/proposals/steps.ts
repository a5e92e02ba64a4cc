/**
 * What adopting does to a draft, as one small step: data, so that the page can carry it out with the author's own hands and
 * tests can carry it out on plain content.
 */
import type { Block, Run, SectionContent } from '../document/content.ts';
import type { BlockKind } from '../document/schema.ts';
import { embolden, replaceRuns } from './letters.ts';

type At = { readonly sectionKey: string; readonly index: number };
type Within = At & { readonly from: number; readonly to: number };

/** Indexes count the blocks of a section; the `to` of a move counts them without the block that moves. */
export type Step =
  | ({ readonly do: 'replace'; readonly runs: readonly Run[] } & Within)
  | ({ readonly do: 'strong'; readonly strong: boolean } & Within)
  | ({ readonly do: 'form'; readonly kind: BlockKind } & At)
  | ({ readonly do: 'insert'; readonly block: Block } & At)
  | ({ readonly do: 'remove' } & At)
  | { readonly do: 'move'; readonly from: At; readonly to: At };

/** The draft after a step. */
export function takeStep(draft: readonly SectionContent[], step: Step): SectionContent[] {
  switch (step.do) {
    case 'replace':
      return inBlock(draft, step, (block) => ({
        ...block,
        runs: replaceRuns(block.runs, step.from, step.to, step.runs),
      }));
    case 'strong':
      return inBlock(draft, step, (block) => ({
        ...block,
        runs: embolden(block.runs, step.from, step.to, step.strong),
      }));
    case 'form':
      return inBlock(draft, step, (block) => ({ ...block, kind: step.kind }));
    case 'insert':
      return splice(draft, step, 0, [step.block]);
    case 'remove':
      return splice(draft, step, 1, []);
    case 'move': {
      const block = draft.find(({ key }) => key === step.from.sectionKey)?.blocks[step.from.index];
      if (block === undefined) throw new Error('nothing to move');
      return splice(splice(draft, step.from, 1, []), step.to, 0, [block]);
    }
  }
}

function splice(
  draft: readonly SectionContent[],
  { sectionKey, index }: At,
  remove: number,
  put: Block[],
): SectionContent[] {
  return draft.map((section) =>
    section.key === sectionKey
      ? { key: section.key, blocks: section.blocks.toSpliced(index, remove, ...put) }
      : section,
  );
}

function inBlock(draft: readonly SectionContent[], at: At, change: (block: Block) => Block): SectionContent[] {
  const block = draft.find(({ key }) => key === at.sectionKey)?.blocks[at.index];
  if (block === undefined) throw new Error('no such block in the draft');
  return splice(draft, at, 1, [change(block)]);
}
