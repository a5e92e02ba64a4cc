import { describe, expect, it } from 'vitest';
import { comparedSections } from '../../../client/review/compared-sections.ts';
import { foldBlocks, onlyForm } from '../../../client/review/folded-blocks.ts';
import { parsePair } from '../../../client/review/use-comparison.ts';
import type { BlockChange, CompareAnswer } from '../../../shared/api/documents.ts';
import type { Section } from '../../../shared/template/sections.ts';

const block = (blockId: string, kind: BlockChange['kind']): BlockChange => ({
  blockId,
  kind,
  segments: [{ kind: 'same', text: blockId }],
});
const shape = (...kinds: BlockChange['kind'][]) =>
  foldBlocks(kinds.map((kind, index) => block(`b${index}`, kind))).map((fold) =>
    fold.kind === 'change' ? fold.change.kind : fold.blocks.length,
  );

describe('foldBlocks', () => {
  it('folds runs of unchanged blocks to their number', () => {
    expect(shape('same', 'same', 'edited', 'same', 'same', 'same')).toEqual([2, 'edited', 3]);
  });

  it('folds a section nobody touched to one line', () => {
    expect(shape('same')).toEqual([1]);
    expect(shape('same', 'same', 'same')).toEqual([3]);
  });

  it('shows a single unchanged block between two changes', () => {
    expect(shape('added', 'same', 'removed')).toEqual(['added', 'same', 'removed']);
  });
});

describe('onlyForm', () => {
  it('tells a change of bold from a change of words', () => {
    expect(onlyForm(block('b1', 'edited'))).toBe(true);
    expect(onlyForm({ ...block('b1', 'edited'), segments: [{ kind: 'added', text: '新' }] })).toBe(false);
    expect(onlyForm(block('b1', 'moved'))).toBe(false);
  });
});

describe('parsePair', () => {
  it('reads two version numbers and nothing else', () => {
    expect(parsePair('1-3')).toEqual({ from: 1, to: 3 });
    for (const wrong of [null, '', '1', '1-', 'a-b', '1-2-3']) expect(parsePair(wrong)).toBeNull();
  });
});

describe('comparedSections', () => {
  const section = (key: string, level: 0 | 1 | 2, number: string, title: string): Section => ({
    key,
    level,
    number,
    title,
    tag: title,
    hasBody: level !== 1,
    itemNumbering: 'arabic',
    guidance: '',
    expected: [0, 1],
    parts: [],
  });
  const sections = [
    section('opening', 0, '', ''),
    section('problems', 1, '一、', '存在的主要问题'),
    section('problems.a1', 2, '（一）', '两个确立方面'),
  ];
  const item = (blockId: string, kind: BlockChange['kind']): BlockChange => ({ ...block(blockId, kind), item: true });
  const answer = (...changes: CompareAnswer['sections']): CompareAnswer => ({
    from: 1,
    to: 2,
    changed: 0,
    unchanged: 0,
    sections: changes,
  });

  it('shows the headings that only hold others, too', () => {
    const found = comparedSections(
      answer({ key: 'problems.a1', heading: '（一）两个确立方面', blocks: [block('b1', 'same')] }),
      sections,
    );
    expect(found.map(({ heading, level, blocks }) => [heading, level, blocks.length])).toEqual([
      ['', 0, 0],
      ['一、存在的主要问题', 1, 0],
      ['（一）两个确立方面', 2, 1],
    ]);
  });

  it('has the headings of the version, also when they have been renamed since', () => {
    const found = comparedSections(answer({ key: 'problems.a1', heading: '（一）旧的提法', blocks: [] }), sections);
    expect(found[2]?.heading).toBe('（一）旧的提法');
  });

  it('numbers the items as the later text does: what was removed takes no number', () => {
    const blocks = [block('b0', 'same'), item('b1', 'same'), item('b2', 'removed'), item('b3', 'added')];
    const found = comparedSections(answer({ key: 'problems.a1', heading: '', blocks }), sections);
    expect(found[2]?.blocks.map(({ number }) => number)).toEqual(['', '1.', '', '2.']);
  });

  it('keeps a section the document no longer has, at the end', () => {
    const found = comparedSections(
      answer({ key: 'audit', heading: '二、审计', blocks: [block('b1', 'removed')] }),
      sections,
    );
    expect(found.at(-1)).toMatchObject({ key: 'audit', heading: '二、审计', level: 1 });
  });
});
