import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Gone, isNew, type Removal } from '../../../shared/hand/gone.ts';

let id = 0;
/** A removal whose letters all came with one batch, with nothing gone beside it. */
function removal(text: string, batch: number, more: Partial<Removal> = {}): Removal {
  id += 1;
  const batches = new Array<number>(text.length).fill(batch);
  return { text, batches, first: `${id}a`, last: `${id}z`, left: [], right: [], ...more };
}
const fill = (length: number, batch: number) => new Array<number>(length).fill(batch);
const sentence = '我在联系服务群众上做得不够';

describe('words taken out', () => {
  test('[HD6] and put in again keep what they were, once', () => {
    const gone = new Gone();
    gone.note([removal(sentence, 7)]);
    gone.note([]);
    expect(gone.find(sentence)).toEqual(fill(13, 7));
    expect(gone.find(sentence)).toEqual(fill(13, isNew));
  });

  test('[HD6] come back in part, and the rest later', () => {
    const gone = new Gone();
    gone.note([removal('前面的句子要留下来后面的句子也要留下来', 3)]);
    gone.note([]);
    expect(gone.find('后面的句子也要留下来')).toEqual(fill(10, 3));
    expect(gone.find('前面的句子要留下来')).toEqual(fill(9, 3));
  });

  test('[HD6] taken back letter by letter and restored at once', () => {
    const gone = new Gone();
    const letters = [...sentence];
    for (let index = letters.length - 1; index >= 0; index -= 1) {
      gone.note([
        removal(letters[index] ?? '', index, { first: `c${index}`, last: `c${index}`, right: [`c${index + 1}`] }),
      ]);
    }
    gone.note([]);
    expect(gone.find(sentence)).toEqual(letters.map((_, index) => index));
  });

  test('[HD6] stand among new ones: only the new are new', () => {
    const gone = new Gone();
    gone.note([removal(sentence, 4)]);
    gone.note([]);
    expect(gone.find(`新写的。${sentence}又写的。`)).toEqual([...fill(4, isNew), ...fill(13, 4), ...fill(4, isNew)]);
  });

  test('[HD6] rearranged by the update that took them out', () => {
    const gone = new Gone();
    gone.note([removal('第一句话在这里。第二句话在那里。', 5)]);
    expect(gone.find('第二句话在那里。第一句话在这里。')).toEqual(fill(16, 5));
  });

  test('[HD6] a few letters are found only where the same update took them out', () => {
    const gone = new Gone();
    gone.note([removal('末尾四字', 2)]);
    expect(gone.find('末尾四字')).toEqual(fill(4, 2));
    gone.note([removal('末尾四字', 2)]);
    gone.note([]);
    expect(gone.find('末尾四字')).toEqual(fill(4, isNew));
  });

  test('[HD6] are found at any time from eight letters on, in another order from four, fewer exactly as they were', () => {
    const found = (out: string, text: string, now: boolean) => {
      const gone = new Gone();
      gone.note([removal(out, 3)]);
      if (!now) gone.note([]);
      return gone.find(text);
    };
    expect(found('甲乙丙丁戊己庚辛', '甲乙丙丁戊己庚辛', false)).toEqual(fill(8, 3));
    expect(found('甲乙丙丁戊己庚', '甲乙丙丁戊己庚', false)).toEqual(fill(7, isNew));
    expect(found('甲乙丙丁戊己庚辛', '戊己庚辛甲乙丙丁', true)).toEqual(fill(8, 3));
    expect(found('甲乙丙丁戊己', '丁戊己甲乙丙', true)).toEqual(fill(6, isNew));
    expect(found('乙丙', '乙丙', true)).toEqual(fill(2, 3));
    expect(found('甲乙丙', '乙丙', true)).toEqual(fill(2, isNew));
  });

  test('[HD6] are the newest of those that say the same', () => {
    const gone = new Gone();
    for (const batch of [1, 2]) gone.note([removal(sentence, batch)]);
    gone.note([]);
    expect(gone.find(sentence)).toEqual(fill(13, 2));
  });

  test('[HD6] grow together where they stood side by side', () => {
    const gone = new Gone();
    gone.note([removal('学习不', 1, { last: 'x' })]);
    gone.note([removal('够深入全面', 2, { left: ['x'] })]);
    gone.note([]);
    expect(gone.find('学习不够深入全面')).toEqual([...fill(3, 1), ...fill(5, 2)]);
  });

  test('[HD6] part no rare character that shares one half with another', () => {
    const found = (out: string, text: string) => {
      const gone = new Gone();
      gone.note([removal(out, 3)]);
      return gone.find(text);
    };
    expect(found('甲乙丙丁\ud842\udfb7', '甲乙丙丁\ud842\udfb6')).toEqual([...fill(4, 3), isNew, isNew]);
    expect(found('\ud842\udfb7甲乙丙丁', '\ud846\udfb7甲乙丙丁')).toEqual([isNew, isNew, ...fill(4, 3)]);
  });

  test('[HD6] are forgotten when much more has been taken out since', () => {
    const gone = new Gone();
    gone.note([removal(sentence, 1)]);
    gone.note([removal('长'.repeat(40_000 - sentence.length), 2)]);
    gone.note([]);
    expect(gone.find(sentence)).toEqual(fill(13, 1));
    gone.note([removal(sentence, 1)]);
    gone.note([removal('长'.repeat(40_000), 2)]);
    gone.note([]);
    expect(gone.find(sentence)).toEqual(fill(13, isNew));
  });

  test('[HD6] are forgotten behind 256 other stretches', () => {
    for (const [stretches, batch] of [
      [255, 1],
      [256, isNew],
    ] as const) {
      const gone = new Gone();
      gone.note([removal(sentence, 1)]);
      gone.note(Array.from({ length: stretches }, (_, index) => removal(`第${index}处删去的话，各不相同`, 2)));
      gone.note([]);
      expect(gone.find(sentence)).toEqual(fill(13, batch));
    }
  });

  test('[HD6] foreign words are never taken for old ones, and rare characters are never parted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('甲', '乙', '𠮷', '。'), maxLength: 30 }), { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('甲', '乙', '𠮷', '。'), maxLength: 60 }),
        (removed, text) => {
          const gone = new Gone();
          gone.note(removed.filter((words) => words !== '').map((words) => removal(words, 1)));
          const found = gone.find(text);
          expect(found.length).toBe(text.length);
          for (let index = 1; index < text.length; index += 1) {
            if (/[\uDC00-\uDFFF]/.test(text[index] ?? '')) expect(found[index]).toBe(found[index - 1]);
          }
          const old = found.filter((batch) => batch !== isNew).length;
          expect(old).toBeLessThanOrEqual(removed.reduce((sum, words) => sum + words.length, 0));
        },
      ),
      { numRuns: 300 },
    );
  });
});
