/**
 * How long it takes to compare 200 texts of 5,000 characters, every one with every other: runs and sentences. The texts are
 * made up by a seed: sentences of characters as often as in real outlines, one sentence in twenty taken from a common stock.
 * Needs nothing but the product: `npx node bench/likeness.mjs`.
 */
import { readFileSync } from 'node:fs';
import { makeComparable } from '../shared/likeness/comparable.ts';
import { compareCorpus } from '../shared/likeness/compare.ts';
import { FixedText } from '../shared/likeness/fixed-text.ts';
import { measureFor } from '../shared/likeness/rules.ts';
import { usualPhrases } from '../shared/likeness/usual-phrases.ts';

const [texts, length, seed, rounds] = [200, 5000, 20220120, 5];

let state = seed;
function chance() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
}
const pick = (list) => list[Math.floor(chance() * list.length)];

const sample = ['outline-zhangsan-2021', 'outline-lisi-2021', 'outline-zhaoliu-2021', 'outline-qianqi-2021']
  .map((name) => readFileSync(new URL(`../server/demo/texts/${name}.md`, import.meta.url), 'utf8'))
  .join('\n');
const stock = sample.split(/(?<=[。；])|\n/).filter((sentence) => sentence.length > 12);
const characters = [...sample].filter((character) => /\p{Script=Han}/u.test(character));

function sentence() {
  if (chance() < 0.05) return pick(stock);
  return `${Array.from({ length: 20 + Math.floor(chance() * 40) }, () => pick(characters)).join('')}。`;
}

function blocksOfText() {
  const blocks = [];
  for (let size = 0; size < length; size += blocks.at(-1).length) {
    let block = '';
    while (block.length < 150) block += sentence();
    blocks.push(block);
  }
  return blocks;
}

const corpus = Array.from({ length: texts }, blocksOfText);
const fixed = new FixedText(usualPhrases);
for (let round = 1; round <= rounds; round += 1) {
  const used = process.cpuUsage();
  const start = performance.now();
  const ready = corpus.map((blocks) => makeComparable(blocks, fixed));
  const prepared = performance.now();
  const found = compareCorpus(ready, measureFor('colleague'));
  const end = performance.now();
  const { user, system } = process.cpuUsage(used);
  console.log(
    `round ${round}: ${Math.round(prepared - start)} ms to make ready, ${Math.round(end - prepared)} ms to compare, ` +
      `${Math.round(end - start)} ms in all, ${Math.round((user + system) / 1000)} ms of processor time; ${found.flat().length} matches in ${corpus.flat().join('').length} characters`,
  );
}
