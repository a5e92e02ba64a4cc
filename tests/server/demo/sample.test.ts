import { describe, expect, test } from 'vitest';
import { parseSample, readSample, sampleNames, sampleText } from '../../../server/demo/sample.ts';
import { heading, itemNumber } from '../../../shared/template/sections.ts';
import { sample, sampleSections } from '../../support/samples.ts';

describe('a sample text', () => {
  test.each(sampleNames)('%s printed from its sections is the file again', (name) => {
    const parsed = sample(name);
    const lines = [...parsed.titleBlock];
    for (const section of sampleSections(name)) {
      if (section.level > 0) lines.push(heading(section));
      let items = 0;
      for (const block of parsed.sections.find((body) => body.key === section.key)?.blocks ?? []) {
        const number = block.kind === 'item' ? itemNumber(section.itemNumbering, ++items) : '';
        lines.push(number + block.runs.map((run) => run.text).join(''));
      }
    }
    const file = readSample(name).split('\n');
    expect(lines).toEqual(file.filter((line) => line.trim() !== ''));
  });

  test.each(sampleNames)('%s leaves no section empty', (name) => {
    expect(sample(name).sections.filter((section) => sampleText(section) === '')).toEqual([]);
  });

  test('an item’s topic sentence is strong, a paragraph’s first sentence is not', () => {
    const team = sample('team-material-2021');
    expect(team.sections.find((section) => section.key === 'measures')?.blocks[0]?.runs[0]).toEqual({
      text: '把学习成果转化为工作举措。',
      strong: true,
    });
    expect(team.sections[0]?.blocks[0]?.runs.map((run) => run.strong)).toEqual([false]);
  });

  test('words under a heading that has no body of its own are a mistake', () => {
    const text = readSample('outline-lisi-2021').replace('一、存在的主要问题\n', '一、存在的主要问题\n多余的话。\n');
    expect(() => parseSample(text, sampleSections('outline-lisi-2021'))).toThrow('多余的话');
  });
});
