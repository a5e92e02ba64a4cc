import { describe, expect, test } from 'vitest';
import type { FrozenText } from '../../../shared/document/frozen-text.ts';
import { canonicalText } from '../../../shared/official/canonical.ts';
import { frozenOf, frozenSample, item, paragraph, section } from '../../support/frozen.ts';

describe('the canonical spelling', () => {
  test('is this JSON, in this order: a change of it is a change of every hash', () => {
    const text: FrozenText = {
      title: ['标题'],
      byline: '职务 姓名',
      dateLine: '（2022年1月20日）',
      sections: [section('problems', { level: 1, number: '一、', title: '问题' })],
      content: [{ key: 'problems', blocks: [item('**学习不够。**不深')] }],
    };
    expect(canonicalText(text)).toBe(
      '{"form":1,"title":["标题"],"byline":"职务 姓名","dateLine":"（2022年1月20日）","sections":[{"level":1,"number":"一、","title":"问题","itemNumbering":"arabic","blocks":[{"kind":"item","runs":[{"text":"学习不够。","strong":true},{"text":"不深","strong":false}]}]}]}',
    );
  });

  test('does not depend on block ids, section keys, guidance, quotas, the order of properties or how a weight is cut into runs', () => {
    const text = frozenOf([paragraph('同一段文字')]);
    const same: FrozenText = {
      content: [
        {
          key: 'other',
          blocks: [
            { runs: [...'同一段文字'].map((c) => ({ strong: false, text: c })), kind: 'paragraph', id: 'another-id' },
          ],
        },
      ],
      sections: [section('other', { guidance: '怎么写', expected: [5, 6], tag: '简称', parts: ['其中'] })],
      dateLine: '',
      byline: '',
      title: ['发言提纲'],
    };
    expect(canonicalText(same)).toBe(canonicalText(text));
  });

  test.each<[string, (text: FrozenText) => FrozenText]>([
    ['the title', (t) => ({ ...t, title: [...t.title, '副题'] })],
    ['the byline', (t) => ({ ...t, byline: `${t.byline} ` })],
    ['the date', (t) => ({ ...t, dateLine: '' })],
    [
      'a heading',
      (t) => ({ ...t, sections: t.sections.map((s, i) => (i === 1 ? { ...s, title: `${s.title}！` } : s)) }),
    ],
    ['a number', (t) => ({ ...t, sections: t.sections.map((s, i) => (i === 1 ? { ...s, number: '二、' } : s)) })],
    ['the order of sections', (t) => ({ ...t, sections: t.sections.toReversed() })],
    [
      'how items are numbered',
      (t) => ({ ...t, sections: t.sections.map((s) => ({ ...s, itemNumbering: 'chinese' as const })) }),
    ],
    ['a block’s kind', (t) => mapBlocks(t, (b) => ({ ...b, kind: 'item' as const }))],
    ['a weight', (t) => mapBlocks(t, (b) => ({ ...b, runs: b.runs.map((r) => ({ ...r, strong: true })) }))],
    [
      'one character',
      (t) => mapBlocks(t, (b) => ({ ...b, runs: b.runs.map((r) => ({ ...r, text: r.text.replace('我', '你') })) })),
    ],
  ])('changes with %s', (_what, change) => {
    const text = frozenSample('outline-lisi-2021');
    expect(canonicalText(change(text))).not.toBe(canonicalText(text));
  });
});

function mapBlocks(
  text: FrozenText,
  change: (block: FrozenText['content'][number]['blocks'][number]) => FrozenText['content'][number]['blocks'][number],
): FrozenText {
  return { ...text, content: text.content.map((s) => ({ ...s, blocks: s.blocks.map(change) })) };
}
