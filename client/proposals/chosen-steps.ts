/**
 * The steps of what the author chooses himself: the proposal's reading over his own, or a wording of his own. Neither takes
 * away anything but the words that were shown to him. Pure.
 */
import type { Change } from '../../shared/api/proposals.ts';
import type { Run, SectionContent } from '../../shared/document/content.ts';
import type { Plan } from '../../shared/proposals/adopt.ts';
import type { Step } from '../../shared/proposals/steps.ts';

/** The proposal's reading in the place of the author's; undefined where there is no such place any more. */
export function overwriting(
  change: Change,
  { place, theirs }: Extract<Plan, { result: 'conflict' }>,
): Step | undefined {
  if (place === undefined) return undefined;
  const { sectionKey, index, from, to } = place;
  if (change.kind === 'removed') return { do: 'remove', sectionKey, index };
  return { do: 'replace', sectionKey, index, from, to, runs: theirs };
}

/**
 * The author's wording where the proposal's would stand; a paragraph of its own, under `newId`, where that place is gone.
 * Undefined when the draft says by now what was proposed: there is nothing to put his wording over.
 */
export function rephrased(
  plan: Plan,
  { sectionKey }: Change,
  runs: readonly Run[],
  draft: readonly SectionContent[],
  newId: () => string,
): Step | undefined {
  if (plan.result === 'there') return undefined;
  if (plan.result === 'step' && plan.step.do === 'replace') return { ...plan.step, runs };
  if (plan.result === 'step' && plan.step.do === 'insert') {
    return { ...plan.step, block: { ...plan.step.block, runs: [...runs] } };
  }
  if (plan.result === 'conflict' && plan.place !== undefined) return { do: 'replace', ...plan.place, runs };
  const end = draft.find(({ key }) => key === sectionKey)?.blocks.length ?? 0;
  return { do: 'insert', sectionKey, index: end, block: { id: newId(), kind: 'paragraph', runs: [...runs] } };
}
