import { describe, expect, it } from 'vitest';
import { toExplanations } from '../../../client/review/explanations.tsx';
import { foldBlocks } from '../../../client/review/folded-blocks.ts';
import { moved, rowsOf } from '../../../client/review/phrase-rows.ts';
import { placeRemarks } from '../../../client/review/placed-remarks.ts';
import { columnsOf, columnWindow, type MemberText, sectionNames } from '../../../client/review/side-by-side.ts';
import type { BlockChange, CompareAnswer, TextAnswer } from '../../../shared/api/documents.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { remark, remarkId } from '../../support/remark.ts';

// Ids made by hand: only their equality matters here.
const doc = (n: number) => `doc_${String(n).padStart(26, '0')}` as DocumentId;

const block = (blockId: string, kind: BlockChange['kind']): BlockChange => ({ blockId, kind, segments: [] });

describe('[RV8] remarks beside a comparison', () => {
  const answer: CompareAnswer = {
    from: 1,
    to: 2,
    changed: 2,
    unchanged: 1,
    sections: [
      { key: 'problems', heading: '', blocks: [block('old-block', 'removed'), block('new-block', 'added')] },
      { key: 'measures', heading: '', blocks: [block('kept-block', 'same')] },
    ],
  };

  it('stand where their words are now, else where they were, else apart', () => {
    const now = remark(1, { standing: { sectionKey: 'problems', blockId: 'new-block', words: '监理' } });
    const was = remark(2, { blockId: 'old-block' });
    const nowhere = remark(3, { blockId: 'gone-block' });
    const { beside, apart } = placeRemarks([now, was, nowhere], answer);
    expect([...beside].map(([key, list]) => [key, list.map((each) => each.id)])).toEqual([
      ['new-block', [remarkId(1)]],
      ['old-block', [remarkId(2)]],
    ]);
    expect(apart.map((each) => each.id)).toEqual([remarkId(3)]);
  });

  it('stand together on one block, and where their words are now rather than where they were', () => {
    const carried = remark(1, {
      blockId: 'old-block',
      standing: { sectionKey: 'measures', blockId: 'kept-block', words: '监理' },
    });
    const { beside, apart } = placeRemarks([carried, remark(2, { blockId: 'kept-block' })], answer);
    expect([...beside].map(([key, list]) => [key, list.map((each) => each.id)])).toEqual([
      ['kept-block', [remarkId(1), remarkId(2)]],
    ]);
    expect(apart).toEqual([]);
  });

  it('hold an unchanged block open', () => {
    const blocks = ['a', 'b', 'c', 'd'].map((name) => block(name, 'same'));
    const shape = foldBlocks(blocks, ({ blockId }) => blockId === 'c').map((fold) =>
      fold.kind === 'change' ? fold.change.blockId : fold.blocks.length,
    );
    expect(shape).toEqual([2, 'c', 1]);
  });
});

describe('[RV4] explanations', () => {
  it('are those with words, of what is still open', () => {
    expect(
      toExplanations([remarkId(1), remarkId(2)], { [remarkId(1)]: ' 出自台账 ', [remarkId(9)]: '旧的' }, ' '),
    ).toEqual({
      each: [{ id: remarkId(1), words: '出自台账' }],
      rest: '',
    });
  });
});

describe('[RV2] the rows of the phrase list', () => {
  it('move and keep their identity', () => {
    const rows = rowsOf(['甲', '乙', '丙'].map((words) => ({ words, kind: 'suggestion', basis: '' })));
    expect(moved(rows, 2, -1).map((row) => row.id)).toEqual([1, 3, 2]);
    expect(moved(rows, 0, -1).map((row) => row.id)).toEqual([1, 2, 3]);
    expect(moved(rows, 2, 1).map((row) => row.id)).toEqual([1, 2, 3]);
  });
});

describe('[RV15] the same section of all', () => {
  const shared = '深入学习贯彻党的十九届六中全会精神不够';
  const section = (key: string, heading: string, ...texts: string[]): TextAnswer['sections'][number] => ({
    key,
    heading,
    level: 1,
    text: texts.join('\n'),
    characters: texts.join('').length,
    itemNumbering: 'arabic',
    blocks: texts.map((text, n) => ({ id: `${key}-${n}`, kind: 'item', runs: [{ text, strong: false }] })),
  });
  const member = (n: number, name: string, ...sections: TextAnswer['sections']): MemberText => ({
    id: doc(n),
    name,
    text: { title: '', byline: '', dateLine: '', sections, characters: 0, sha256: '' },
  });
  const texts = [
    member(1, '李四', section('a', '一、学习'), section('b', '二、问题', `我${shared}。`, '我去年没有下过现场。')),
    member(2, '王五', section('c', '三、措施', `针对${shared}的问题。`)),
  ];

  it('names sections once, and only those in which somebody wrote', () => {
    expect(sectionNames(texts)).toEqual([
      { key: 'b', heading: '二、问题' },
      { key: 'c', heading: '三、措施' },
    ]);
  });

  it('greys what stands anywhere in another text, numbers items, and says where a section is missing', () => {
    const [li, wang] = columnsOf(texts, 'b');
    expect(li?.blocks.map(({ number, parts }) => [number, parts.filter((part) => part.common)])).toEqual([
      ['1.', [{ text: shared, common: true }]],
      ['2.', []],
    ]);
    expect(wang).toMatchObject({ name: '王五', characters: undefined, blocks: [] });
  });

  it('shows as many columns as there are, and begins no later than that allows', () => {
    expect(columnWindow(9, 3, 0)).toEqual({ from: 0, to: 3 });
    expect(columnWindow(9, 3, 8)).toEqual({ from: 6, to: 9 });
    expect(columnWindow(2, 4, 1)).toEqual({ from: 0, to: 2 });
    expect(columnWindow(9, 3, -2)).toEqual({ from: 0, to: 3 });
  });
});
