/**
 * Which reason belongs to which change. Reasons are written while the text still changes, and a change that grows towards its
 * beginning is known by another id: then the reason goes with the nearest change of the same block that has none. Pure.
 */
import type { Change } from '../api/proposals.ts';

/** For each change the id under which something was said about it: its own, or an earlier one of its. */
export function notedIds(changes: readonly Pick<Change, 'id'>[], noted: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const left = new Set(noted);
  for (const { id } of changes) {
    if (!left.delete(id)) continue;
    found.set(id, id);
  }
  for (const old of [...left].sort()) {
    const near = changes
      .filter(({ id }) => !found.has(id) && partsOf(id).block === partsOf(old).block)
      .map(({ id }) => ({ id, far: distance(id, old) }))
      .sort((a, b) => a.far - b.far)[0];
    if (near !== undefined) found.set(near.id, old);
  }
  return found;
}

/** Another kind of change in the same block is further away than any place in it. */
const otherKind = 1_000_000;

function distance(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  return (one.kind === other.kind ? 0 : otherKind) + Math.abs(one.at - other.at);
}

function partsOf(id: string): { readonly block: string; readonly kind: string; readonly at: number } {
  const [block = '', kind = '', at = '0'] = id.split('.');
  return { block, kind, at: Number(at) };
}

/** The form of a change's id within its proposal. */
export const changeIdPattern = /^[A-Za-z0-9_-]{1,44}\.[a-z](?:\.\d{1,7})?$/;
