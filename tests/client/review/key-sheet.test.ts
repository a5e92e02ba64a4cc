/** [RV16] The ? sheet lists every key the pages of review answer to, in both directions. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sheet } from '../../../client/review/key-sheet.ts';
import { filesBelow } from '../../support/sources.ts';

/** The single letters in the maps given to `useKeys`. */
function lettersUsed(): string[] {
  const maps = ['client/review', 'client/proposals']
    .flatMap((folder) => filesBelow(folder, '.ts', '.tsx'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/useKeys\(\s*\{([\s\S]*?)\}(?:, [^(){}]*)?\);/g)]);
  const letters = maps.flatMap(([, map = '']) =>
    [...map.matchAll(/(?:^|[{,\s])([a-z]):/g)].map(([, letter]) => letter ?? ''),
  );
  return [...new Set(letters)].map((letter) => letter.toUpperCase()).toSorted();
}

function lettersListed(): string[] {
  const keys = sheet.flatMap(({ rows }) => rows.map(([key]) => key));
  const letters = keys.flatMap((key) => key.split(' / ')).filter((key) => /^[A-Z]$/.test(key));
  return [...new Set(letters)].toSorted();
}

test('every letter that does something is listed, and every listed letter does something', () => {
  expect(lettersListed()).toEqual(lettersUsed());
});
