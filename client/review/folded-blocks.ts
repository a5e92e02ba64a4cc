/** How a comparison is laid out: changed blocks stand open, runs of unchanged ones are folded to their number. Pure. */
import type { BlockChange } from '../../shared/api/documents.ts';

export type Fold<B extends BlockChange = BlockChange> =
  | { readonly kind: 'change'; readonly change: B }
  | { readonly kind: 'unchanged'; readonly blocks: readonly B[] };

/** A single unchanged block between two changes is shown: it costs no more than the line that would stand for it. */
export function foldBlocks<B extends BlockChange>(
  blocks: readonly B[],
  /** Unchanged blocks that stand open all the same: something is said about them. */
  held: (block: B) => boolean = () => false,
): Fold<B>[] {
  const folds: Fold<B>[] = [];
  for (const change of blocks) {
    const last = folds.at(-1);
    if (change.kind !== 'same' || held(change)) folds.push({ kind: 'change', change });
    else if (last?.kind === 'unchanged')
      folds[folds.length - 1] = { kind: 'unchanged', blocks: [...last.blocks, change] };
    else folds.push({ kind: 'unchanged', blocks: [change] });
  }
  return folds.flatMap((fold, index): Fold<B>[] => {
    const between = index > 0 && index < folds.length - 1;
    const [only, ...others] = fold.kind === 'unchanged' ? fold.blocks : [];
    if (between && only !== undefined && others.length === 0) return [{ kind: 'change', change: only }];
    return [fold];
  });
}

/** Whether a block's words are all kept: only its form (bold, kind) changed. */
export function onlyForm(change: BlockChange): boolean {
  return change.kind === 'edited' && change.segments.every(({ kind }) => kind === 'same');
}
