import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment } from '../../../shared/api/documents.ts';
import { diffTexts } from '../../../shared/compare/segments.ts';

const side = (list: readonly Segment[], without: Segment['kind']) =>
  list.map(({ kind, text }) => (kind === without ? '' : text)).join('');

const shown = (list: readonly Segment[]) =>
  list.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}}` : `{-${text}}`)).join('');

const phrases = fc
  .array(fc.constantFrom('我', '学习', '不够', '，', '2021年', '群众', '监督', '𠮷', '。', '第三方面', '5月', '的'), {
    maxLength: 30,
  })
  .map((list) => list.join(''));

describe('diffTexts', () => {
  it('gives back both texts: kept and removed is the old one, kept and added the new one', () => {
    fc.assert(
      fc.property(phrases, phrases, (from, to) => {
        const list = diffTexts(from, to);
        expect(side(list, 'added')).toBe(from);
        expect(side(list, 'removed')).toBe(to);
      }),
      { numRuns: 2000 },
    );
  });

  it('never puts two segments of one kind side by side, never an empty one', () => {
    fc.assert(
      fc.property(phrases, phrases, (from, to) => {
        const list = diffTexts(from, to);
        expect(list.every(({ text }) => text !== '')).toBe(true);
        expect(list.some(({ kind }, index) => kind === list[index + 1]?.kind)).toBe(false);
      }),
    );
  });

  it('shows whole words', () => {
    expect(shown(diffTexts('我对合同管理抓得不细。', '我对合同监督抓得不细。'))).toBe(
      '我对合同{-管理}{+监督}抓得不细。',
    );
    expect(shown(diffTexts('谈心谈话12人次，收到意见5条', '谈心谈话13人次，收到意见5条'))).toBe(
      '谈心谈话{-12}{+13}人次，收到意见5条',
    );
  });

  it('merges a single kept character into the changes beside it', () => {
    const list = diffTexts(
      '我在五月十日上午主持召开了工程调度会议，没有听取法制科的意见就先行拍板。',
      '我在六月二日下午主持召开了工程调度会议，没有听取法制科的意见就先行拍板。',
    );
    expect(list.slice(1, -1).every(({ kind, text }) => kind !== 'same' || [...text].length > 1)).toBe(true);
  });

  it('shows a changed phrase whole instead of in splinters around two kept characters', () => {
    expect(shown(diffTexts('我接听群众电话不耐烦，是作风问题。', '我对群众来电缺少耐心，是作风问题。'))).toBe(
      '我{-接听群众电话不耐烦}{+对群众来电缺少耐心}，是作风问题。',
    );
  });

  it('leaves a kept phrase between two small changes alone', () => {
    expect(
      shown(diffTexts('5月18日城北管网二标段返修花了26万元。', '6月18日城北管网二标段返修花了28万元。')),
    ).toContain('城北管网二标段返修花了');
  });

  it('shows a block as rewritten when more than 60 % of both texts changed', () => {
    const from = '我学习满足于完成学时，网络学习边开着视频边批文件。';
    const to = '一年来我主持工程调度会三十一次，其中八次超过两小时。';
    expect(diffTexts(from, to).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  it('shows text put in behind a short text as put in, not as a rewriting', () => {
    const from = '我抓工程质量有偏差。';
    const more = '2021年5月城北管网二标段回填不实，监理提了两次，我为了赶在“七一”前通水没有同意返工。';
    expect(diffTexts(from, from + more)).toEqual([
      { kind: 'same', text: from },
      { kind: 'added', text: more },
    ]);
    expect(diffTexts(from + more, from)).toEqual([
      { kind: 'same', text: from },
      { kind: 'removed', text: more },
    ]);
  });

  it('keeps a rare character whole', () => {
    const list = diffTexts('张𠮷同志', '张𠮶同志');
    expect(side(list, 'added')).toBe('张𠮷同志');
    expect(list.every(({ text }) => text.isWellFormed())).toBe(true);
  });

  it('compares two different paragraphs of 5,000 characters within a fifth of a second', () => {
    const words = ['我', '学习', '不够', '，', '群众', '监督', '。', '工程', '合同', '管理', '没有', '返工'];
    const text = (step: number) => {
      let state = step;
      let made = '';
      while (made.length < 5000) {
        state = (state * 1103515245 + 12345) % 2147483648;
        made += words[(state >> 8) % words.length] ?? '';
      }
      return made;
    };
    const from = text(7);
    const to = text(11);
    const before = performance.now();
    diffTexts(from, to);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
