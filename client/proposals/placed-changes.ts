/**
 * Where changes that were handed over stand in a comparison: beside the block they were about; the others apart. Those the
 * reviewer agreed with in an earlier round are done with, and stand in the rail alone. Pure.
 */

import type { CompareAnswer } from '../../shared/api/documents.ts';
import type { ChangeNote } from '../../shared/api/proposals.ts';
import type { ProposedItem } from './proposed-items.ts';

type Item = Pick<ProposedItem, 'proposal' | 'change' | 'note'>;

export type PlacedChanges<T extends Item> = {
  readonly beside: ReadonlyMap<string, readonly T[]>;
  /** Those whose block is in neither version: a paragraph that was to be added and was not. */
  readonly apart: readonly T[];
};

/** `round` is the one in review. */
export function placeChanges<T extends Item>(
  items: readonly T[],
  answer: Pick<CompareAnswer, 'sections'>,
  round: number,
): PlacedChanges<T> {
  const shown = new Set(answer.sections.flatMap(({ blocks }) => blocks.map(({ blockId }) => blockId)));
  const beside = new Map<string, T[]>();
  const apart: T[] = [];
  for (const item of items) {
    if (item.proposal.state !== 'handed_over' || agreedBefore(item.note, round)) continue;
    const { change } = item;
    const blockId = 'blockId' in change ? change.blockId : change.block.id;
    if (!shown.has(blockId)) apart.push(item);
    else beside.set(blockId, [...(beside.get(blockId) ?? []), item]);
  }
  return { beside, apart };
}

function agreedBefore({ confirmedBy, history }: ChangeNote, round: number): boolean {
  const last = history.at(-1);
  return confirmedBy !== null && last?.act === 'confirm' && last.round < round;
}
