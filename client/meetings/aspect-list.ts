/** The list of aspects while it is being changed. A body belongs to its aspect's key, so keys never change. Pure but for the key. */
import type { Aspect } from '../../shared/template/template.ts';

const keyLetters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const keyLength = 12;

/** A key nobody has: twelve letters by chance, of some 10^18. */
export function newAspectKey(chance: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const bytes = chance(new Uint8Array(keyLength));
  return `a${[...bytes].map((byte) => keyLetters[byte % keyLetters.length]).join('')}`;
}

export function moveAspect(aspects: readonly Aspect[], key: string, by: -1 | 1): Aspect[] {
  const from = aspects.findIndex((aspect) => aspect.key === key);
  const to = from + by;
  const moved = aspects[from];
  if (moved === undefined || to < 0 || to >= aspects.length) return [...aspects];
  const rest = aspects.filter((aspect) => aspect !== moved);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

export function renameAspect(aspects: readonly Aspect[], key: string, change: Partial<Omit<Aspect, 'key'>>): Aspect[] {
  return aspects.map((aspect) => (aspect.key === key ? { ...aspect, ...change } : aspect));
}

export function addAspect(aspects: readonly Aspect[], key: string): Aspect[] {
  return [...aspects, { key, title: '', long: '', tag: '' }];
}

export function removeAspect(aspects: readonly Aspect[], key: string): Aspect[] {
  return aspects.filter((aspect) => aspect.key !== key);
}

export const mostAspects = 12;
