/** The words of the version around a change, so that one that is a letter long can be understood in a list. Pure. */
import type { Change } from '../../shared/api/proposals.ts';
import { blockText } from '../../shared/document/content.ts';
import type { Proposed } from '../../shared/proposals/changes.ts';
import { textOf } from '../../shared/proposals/letters.ts';

/** So many characters on each side. */
const around = 8;

export function contextOf(
  { baseSpots, labels }: Pick<Proposed, 'baseSpots' | 'labels'>,
  change: Change,
): { readonly before: string; readonly after: string } {
  const nothing = { before: '', after: '' };
  if (change.kind !== 'strong' && (change.kind !== 'edited' || change.rewritten)) return nothing;
  const label = change.id.slice(0, change.id.indexOf('.'));
  const spot = baseSpots.find((one) => labels.get(one) === label);
  if (spot === undefined) return nothing;
  const text = blockText(spot.block);
  const end = change.at + (change.kind === 'strong' ? change.words : textOf(change.before)).length;
  const before = [...text.slice(0, change.at)];
  const after = [...text.slice(end)];
  return {
    before: (before.length > around ? '…' : '') + before.slice(-around).join(''),
    after: after.slice(0, around).join('') + (after.length > around ? '…' : ''),
  };
}
