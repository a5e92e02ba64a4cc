import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { findPassage } from '../../../client/documents/find-passage.ts';
import { groupPassages, kindsOf } from '../../../client/likeness/group-passages.ts';
import type { Passage } from '../../../shared/api/likeness.ts';
import { rootOf } from '../../../shared/document/schema.ts';

function passage(change: Partial<Passage>): Passage {
  return {
    sectionKey: 'opening',
    blockId: 'block-one',
    from: 0,
    to: 4,
    before: '',
    quote: '四个字的',
    after: '',
    kind: 'colleague',
    severity: 'hint',
    source: null,
    ...change,
  };
}

describe('passages at one place', () => {
  test('are told together, with the weight of the heaviest and each kind once', () => {
    const list = [
      passage({}),
      passage({ kind: 'reference', severity: 'warn' }),
      passage({ kind: 'reference' }),
      passage({ from: 9, to: 12 }),
    ];
    const groups = groupPassages(list);
    expect(groups.map(({ passages }) => passages.length)).toEqual([3, 1]);
    expect(groups.map(({ severity }) => severity)).toEqual(['warn', 'hint']);
    expect(groups.map(kindsOf)).toEqual([['colleague', 'reference'], ['colleague']]);
  });
});

describe('the words of a passage', () => {
  function textWith(...blocks: readonly (readonly [id: string, text: string])[]): Y.Doc {
    const doc = new Y.Doc();
    const elements = blocks.map(([id, text]) => {
      const element = new Y.XmlElement('paragraph');
      element.setAttribute('id', id);
      element.insert(0, [new Y.XmlText(text)]);
      return element;
    });
    doc.getXmlFragment(rootOf('opening')).insert(0, elements);
    return doc;
  }
  const place = { sectionKey: 'opening', blockId: 'block-two', from: 2, quote: '学习不够' };

  test('are found where they stood, where they moved to, or by their paragraph', () => {
    const found = (...blocks: readonly (readonly [string, string])[]) => findPassage(textWith(...blocks), place);
    expect(found(['block-one', '甲'], ['block-two', '我的学习不够。'])).toEqual({
      section: 'opening',
      block: 1,
      from: 2,
      to: 6,
    });
    expect(found(['block-two', '应当说，我的学习不够。'])).toMatchObject({ block: 0, from: 6, to: 10 });
    expect(found(['block-two', '改过了'])).toMatchObject({ block: 0, from: 0, to: 3 });
    expect(found(['block-one', '甲'])).toEqual({ section: 'opening', block: 0, from: 0, to: 0 });
  });
});
