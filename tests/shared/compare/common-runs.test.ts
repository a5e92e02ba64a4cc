/** [RV15] Passages that stand elsewhere word for word. */
import { describe, expect, test } from 'vitest';
import { Elsewhere, leastRun, parts } from '../../../shared/compare/common-runs.ts';

const run = '深入学习贯彻党的十九届六中全会精神';
const greyed = (elsewhere: Elsewhere, owner: string, text: string) =>
  elsewhere.commonRuns(owner, text).map(({ from, to }) => text.slice(from, to));

describe('common runs', () => {
  test('are what somebody else wrote in the same words, at whatever place', () => {
    const elsewhere = new Elsewhere();
    elsewhere.add('李四', `我${run}不够。`);
    elsewhere.add('王五', `在${run}上，我做得少。`);
    expect(run.length).toBeGreaterThanOrEqual(leastRun);
    expect(greyed(elsewhere, '李四', `我${run}不够。`)).toEqual([run]);
    expect(greyed(elsewhere, '赵六', `会上${run}，${run}！`)).toEqual([run, run]);
  });

  test('are not somebody’s own words said twice', () => {
    const elsewhere = new Elsewhere();
    elsewhere.add('李四', `${run}。${run}。`);
    elsewhere.add('王五', '别的话，写得长一些，也不与前面的话相同。');
    expect(greyed(elsewhere, '李四', `${run}。`)).toEqual([]);
  });

  test('have at least so many characters, and one more is one longer run', () => {
    const elsewhere = new Elsewhere();
    elsewhere.add('李四', 'abcdefghijklmnopqrst');
    const own = (text: string) => greyed(elsewhere, '王五', text);
    expect(own('abcdefghijklmn')).toEqual([]);
    expect(own('abcdefghijklmno')).toEqual(['abcdefghijklmno']);
    expect(own('xxabcdefghijklmnopqrstxx')).toEqual(['abcdefghijklmnopqrst']);
  });

  test('that touch are one, wherever each of them was found', () => {
    const elsewhere = new Elsewhere();
    elsewhere.add('李四', 'abcdefghijklmno，ABCDEFGHIJKLMNO');
    expect(greyed(elsewhere, '王五', 'abcdefghijklmnoABCDEFGHIJKLMNO')).toEqual(['abcdefghijklmnoABCDEFGHIJKLMNO']);
  });

  test('cut a text into parts that together are the text', () => {
    const text = `一、${run}不够，二、别的。`;
    const cut = parts(text, [{ from: 2, to: 2 + run.length }]);
    expect(cut.map((part) => part.text).join('')).toBe(text);
    expect(cut.map(({ common }) => common)).toEqual([false, true, false]);
    expect(parts(text, [])).toEqual([{ text, common: false }]);
    expect(parts('', [])).toEqual([]);
  });
});
