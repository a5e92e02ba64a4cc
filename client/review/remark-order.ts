/**
 * In which order remarks stand in the rail: those that lost their text first, because nothing in the text points to them;
 * then the others as the text runs. Pure.
 */
import { isOpen, type Remark } from '../../shared/api/remarks.ts';
import type { RemarkId } from '../../shared/ids.ts';

/**
 * `inText`: the remarks found in the text, in its order. A remark that the server still sees attached but the page does not
 * (its section is not drawn yet) stands by its section and time, behind those of its section that are drawn.
 */
export function orderRemarks(
  remarks: readonly Remark[],
  inText: readonly RemarkId[],
  sectionKeys: readonly string[],
): Remark[] {
  const place = new Map(inText.map((id, index) => [id, index]));
  const rank = (remark: Remark): readonly [number, number, number] => {
    if (!remark.attached) return [0, 0, 0];
    const section = sectionKeys.indexOf(remark.sectionKey);
    return [1, section === -1 ? sectionKeys.length : section, place.get(remark.id) ?? inText.length];
  };
  return [...remarks].sort((a, b) => {
    const [a0, a1, a2] = rank(a);
    const [b0, b1, b2] = rank(b);
    return a0 - b0 || a1 - b1 || a2 - b2 || compareText(a.at, b.at) || compareText(a.id, b.id);
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function countOpen(remarks: readonly Remark[]): number {
  return remarks.filter(isOpen).length;
}

/** The remark before or behind the one in hand, going round at the ends; the first or last when none is in hand. */
export function neighbour<T>(list: readonly T[], current: T | null, step: 1 | -1): T | undefined {
  const at = current === null ? -1 : list.indexOf(current);
  if (at === -1) return step === 1 ? list[0] : list.at(-1);
  return list[(at + step + list.length) % list.length];
}
