/** The changes a page goes through, each with what adopting it would do to the draft as it stands. Pure. */
import type { ChangeFate } from '../../shared/api/fates.ts';
import type { Change, ChangeNote, ChangesAnswer, Proposal } from '../../shared/api/proposals.ts';
import { blockText, type SectionContent } from '../../shared/document/content.ts';
import { adoptionPlanner, type Plan } from '../../shared/proposals/adopt.ts';
import { compareProposal, type Proposed } from '../../shared/proposals/changes.ts';
import { textOf } from '../../shared/proposals/letters.ts';
import type { ShownPlace } from './proposed-drawing.ts';

export type ProposedItem = {
  readonly proposal: Proposal;
  readonly proposed: Proposed;
  readonly adopted: ReadonlySet<string>;
  readonly change: Change;
  readonly note: ChangeNote;
  /** Undefined where this reader does not adopt. */
  readonly plan: Plan | undefined;
};

/** What is in the draft by the author's word: adopted as it was proposed. */
export function adoptedIn(answer: Pick<ChangesAnswer, 'changes'>): Set<string> {
  return new Set(answer.changes.flatMap(({ change, note }) => (note.fate === 'adopted' ? [change.id] : [])));
}

export function itemsOf(
  answers: readonly ChangesAnswer[],
  draft: readonly SectionContent[] | undefined,
): ProposedItem[] {
  return answers.flatMap((answer) => {
    const proposed = compareProposal(answer.base, answer.text);
    const adopted = adoptedIn(answer);
    const plan = draft === undefined ? undefined : adoptionPlanner(proposed, draft, adopted);
    return answer.changes.map(({ change, note }) => ({
      proposal: answer.proposal,
      proposed,
      adopted,
      change,
      note,
      plan: note.fate === 'open' ? plan?.(change) : undefined,
    }));
  });
}

export function isOpen({ proposal, note }: Pick<ProposedItem, 'proposal' | 'note'>): boolean {
  return proposal.state === 'handed_over' && note.fate === 'open';
}

/** How many of the changes that were handed over have which fate. */
export function countFates(items: readonly Pick<ProposedItem, 'proposal' | 'note'>[]): Record<ChangeFate, number> {
  const counts = { open: 0, adopted: 0, partly: 0, declined: 0, explained: 0 };
  for (const { proposal, note } of items) if (proposal.state === 'handed_over') counts[note.fate] += 1;
  return counts;
}

/** What the reviewer is told before he approves: what became of his changes, when anything did, and how many are open. */
export function beforeApproval(items: readonly Pick<ProposedItem, 'proposal' | 'note'>[]): {
  readonly settled: Omit<Record<ChangeFate, number>, 'open'> | undefined;
  readonly open: number;
} {
  const { open, ...settled } = countFates(items);
  const answered = Object.values(settled).some((count) => count > 0);
  return { settled: answered ? settled : undefined, open };
}

/** Where an open change is shown in the draft. */
export function placeOf({ plan, note }: ProposedItem, draft: readonly SectionContent[]): ShownPlace | undefined {
  const at = plan === undefined ? undefined : pointOf(plan);
  if (at === undefined) return undefined;
  const blocks = draft.find(({ key }) => key === at.sectionKey)?.blocks ?? [];
  const index = Math.min(at.index, blocks.length - 1);
  const block = blocks[index];
  if (block === undefined) return undefined;
  const { range } = at;
  const letters = range === undefined ? undefined : { ...range, quote: blockText(block).slice(range.from, range.to) };
  return {
    key: note.key,
    sectionKey: at.sectionKey,
    index,
    blockId: block.id,
    letters,
    words: at.words,
    whole: at.whole ?? false,
  };
}

type Point = {
  readonly sectionKey: string;
  readonly index: number;
  readonly range?: { readonly from: number; readonly to: number };
  readonly words: string;
  readonly whole?: true;
};

function pointOf(plan: Plan): Point | undefined {
  if (plan.result === 'there') return undefined;
  if (plan.result === 'conflict') {
    if (plan.place === undefined) return undefined;
    const { sectionKey, index, from, to } = plan.place;
    return { sectionKey, index, range: { from, to }, words: textOf(plan.theirs) };
  }
  const { step } = plan;
  switch (step.do) {
    case 'replace': {
      const { sectionKey, index, from, to } = step;
      return { sectionKey, index, range: { from, to }, words: textOf(step.runs) };
    }
    case 'move':
      return { ...step.from, words: '', whole: true };
    case 'insert':
      // Shown at the block it would stand behind.
      return { sectionKey: step.sectionKey, index: Math.max(0, step.index - 1), words: '' };
    default:
      return { sectionKey: step.sectionKey, index: step.index, words: '', whole: true };
  }
}
