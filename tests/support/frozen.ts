/** Frozen texts for tests of the final text: the samples, and small ones made of blocks. */
import type { SampleName } from '../../server/demo/sample.ts';
import type { Block } from '../../shared/document/content.ts';
import type { FrozenText } from '../../shared/document/frozen-text.ts';
import type { Section } from '../../shared/template/sections.ts';
import { sample, sampleSections } from './samples.ts';

/** A sample as a version would have frozen it. */
export function frozenSample(name: SampleName): FrozenText {
  const { titleBlock, sections } = sample(name);
  const isDate = (line: string) => line.startsWith('（');
  const isByline = (line: string) => line.includes(' ');
  return {
    title: titleBlock.filter((line) => !isDate(line) && !isByline(line)),
    byline: titleBlock.find(isByline) ?? '',
    dateLine: titleBlock.find(isDate) ?? '',
    sections: sampleSections(name),
    content: sections.map(({ key, blocks }) => ({
      key,
      blocks: blocks.map((block, index) => ({
        id: `${key.replace(/\W/g, '-')}-block-${index}`,
        kind: block.kind,
        runs: block.runs.map((run) => ({ ...run })),
      })),
    })),
  };
}

export function section(key: string, changes: Partial<Section> = {}): Section {
  return {
    key,
    level: 0,
    number: '',
    title: '',
    tag: '',
    hasBody: true,
    itemNumbering: 'arabic',
    guidance: '',
    expected: [0, 1000],
    parts: [],
    ...changes,
  };
}

let blocks = 0;
const nextId = () => {
  blocks += 1;
  return `block-${blocks}`;
};

/** A block of plain words; **words between stars** are strong. */
export function block(kind: Block['kind'], words: string): Block {
  return {
    id: nextId(),
    kind,
    runs: words
      .split('**')
      .map((text, index) => ({ text, strong: index % 2 === 1 }))
      .filter(({ text }) => text !== ''),
  };
}

export const paragraph = (words: string) => block('paragraph', words);
export const item = (words: string) => block('item', words);

/** One section without a heading. */
export function frozenOf(blocks: readonly Block[], changes: Partial<FrozenText> = {}): FrozenText {
  return {
    title: ['发言提纲'],
    byline: '',
    dateLine: '',
    sections: [section('body')],
    content: [{ key: 'body', blocks: [...blocks] }],
    ...changes,
  };
}
