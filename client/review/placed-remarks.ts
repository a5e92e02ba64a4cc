/** Where earlier remarks stand in a comparison: beside the block their words are in now, or were in; the others apart. Pure. */
import type { CompareAnswer } from '../../shared/api/documents.ts';
import type { Remark } from '../../shared/api/remarks.ts';

export type PlacedRemarks = {
  readonly beside: ReadonlyMap<string, readonly Remark[]>;
  /** Those whose words are in no block of either version, the oldest first. */
  readonly apart: readonly Remark[];
};

export function placeRemarks(remarks: readonly Remark[], answer: CompareAnswer): PlacedRemarks {
  const shown = new Set(answer.sections.flatMap(({ blocks }) => blocks.map(({ blockId }) => blockId)));
  const beside = new Map<string, Remark[]>();
  const apart: Remark[] = [];
  for (const remark of remarks) {
    const blockId = [remark.standing?.blockId, remark.blockId].find((id) => id !== undefined && shown.has(id));
    if (blockId === undefined) apart.push(remark);
    else beside.set(blockId, [...(beside.get(blockId) ?? []), remark]);
  }
  return { beside, apart };
}
