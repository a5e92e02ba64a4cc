import { describe, expect, it } from 'vitest';
import { groupReadiness } from '../../../client/review/readiness-groups.ts';
import { beginDraft, putAside, withPhrase } from '../../../client/review/remark-draft.ts';
import { nameOf } from '../../../client/review/use-keys.ts';
import type { ReadinessPoint } from '../../../shared/api/documents.ts';

const anchor = { sectionKey: 'problems', blockId: 'block-0001', from: 3, to: 9, quote: '监理提了两次' };
const elsewhere = { ...anchor, from: 12, to: 16, quote: '没有同意' };

describe('a remark being written', () => {
  it('keeps its words when other words of the text are selected', () => {
    const begun = { ...beginDraft(null, anchor), words: '请写明当时的想法。' };
    expect(beginDraft(begun, elsewhere)).toMatchObject({ anchor: elsewhere, words: '请写明当时的想法。', open: true });
  });

  it('is put aside by Esc with its words, and forgotten when it has none', () => {
    const begun = beginDraft(null, anchor);
    expect(putAside(begun)).toBeNull();
    expect(putAside({ ...begun, words: '请写' })).toMatchObject({ anchor, words: '请写', open: false });
  });
});

describe('[RV2] a stock phrase', () => {
  const phrase = { words: '写得实在。', kind: 'praise', basis: 'R06' } as const;

  it('makes an empty remark what it is', () => {
    expect(withPhrase(beginDraft(null, anchor), phrase)).toMatchObject(phrase);
  });

  it('joins words that are there and leaves what they are', () => {
    const begun = { ...beginDraft(null, anchor), words: '好。', kind: 'question', basis: '意见3' } as const;
    expect(withPhrase(begun, phrase)).toMatchObject({ words: '好。写得实在。', kind: 'question', basis: '意见3' });
  });
});

describe('groupReadiness', () => {
  it('says first what stops a submission, each group in the order of the text', () => {
    const point = (heading: string, blocks: boolean): ReadinessPoint => ({
      kind: blocks ? 'placeholder' : 'too_short',
      blocks,
      sectionKey: 'problems',
      heading,
      detail: '',
    });
    const points = [point('一', false), point('二', true), point('三', false)];
    const groups = groupReadiness({ points, unconfirmed: [] });
    expect(groups.blocking.map(({ heading }) => heading)).toEqual(['二']);
    expect(groups.questions.map(({ heading }) => heading)).toEqual(['一', '三']);
  });
});

describe('the name of a key', () => {
  const plain = { key: '', code: '', altKey: false, ctrlKey: false, metaKey: false };

  it('is the letter, in either case', () => {
    expect(nameOf({ ...plain, key: 'N', code: 'KeyN' })).toBe('n');
    expect(nameOf({ ...plain, key: '?', code: 'Slash' })).toBe('?');
    expect(nameOf({ ...plain, key: 'Escape', code: 'Escape' })).toBe('Escape');
  });

  it('knows Alt+M with and without Ctrl, whatever the layout writes', () => {
    expect(nameOf({ ...plain, key: 'µ', code: 'KeyM', altKey: true })).toBe('Alt+M');
    expect(nameOf({ ...plain, key: 'm', code: 'KeyM', altKey: true, ctrlKey: true })).toBe('Alt+M');
  });

  it('leaves Ctrl and Cmd to the browser', () => {
    expect(nameOf({ ...plain, key: 'r', code: 'KeyR', ctrlKey: true })).toBeUndefined();
    expect(nameOf({ ...plain, key: 'a', code: 'KeyA', metaKey: true })).toBeUndefined();
  });
});
