/**
 * Changes of a proposal nobody received, brought onto a newer version of the text: each where its words still stand, as when
 * an author adopts it. What has no place any more, or would write over other words, is left and told. Pure.
 */
import type { Change } from '../api/proposals.ts';
import type { SectionContent } from '../document/content.ts';
import { planAdoption } from './adopt.ts';
import type { Proposed } from './changes.ts';
import { takeStep } from './steps.ts';

export type CarriedOver = {
  readonly content: readonly SectionContent[];
  /** Ids of the changes that are in the content now. */
  readonly placed: readonly string[];
  readonly left: readonly Change[];
};

/** `onto` with the changes that have a place in it; those it says already need none. */
export function carryOver(proposed: Proposed, onto: readonly SectionContent[]): CarriedOver {
  const done = new Set<string>();
  const placed: string[] = [];
  const left: Change[] = [];
  let content = onto;
  for (const change of proposed.changes) {
    const plan = planAdoption(proposed, change, content, done);
    if (plan.result === 'conflict') {
      left.push(change);
      continue;
    }
    if (plan.result === 'step') {
      content = takeStep(content, plan.step);
      placed.push(change.id);
    }
    done.add(change.id);
  }
  return { content, placed, left };
}
