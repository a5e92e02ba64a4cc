import { readFileSync } from 'node:fs';
import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileNameOf } from '../../../client/api/download.ts';
import { resources } from '../../../client/i18n/i18n.ts';
import { daysUntil, formatDay, formatDistance, formatMoment, formatPlainDay } from '../../../client/ui/days.ts';
import { palette } from '../../../client/ui/palette.ts';
import { errorFacts, oneLine } from '../../../client/ui/use-words.ts';

let zh: TFunction<'common'>;
let en: TFunction<'common'>;
beforeAll(async () => {
  await i18next.init({ lng: 'zh', resources, defaultNS: 'common', keySeparator: false });
  zh = i18next.getFixedT('zh', 'common');
  en = i18next.getFixedT('en', 'common');
});

describe('days', () => {
  test('are written as offices write them, with the weekday', () => {
    expect(formatDay('2022-01-20', '2022-01-10', zh)).toBe('1月20日（周四）');
    expect(formatDay('2022-01-20', '2022-01-10', en)).toBe('Thu 20 Jan');
  });

  test('carry the year when it is another one', () => {
    expect(formatDay('2022-01-20', '2021-12-31', zh)).toBe('2022年1月20日（周四）');
    expect(formatPlainDay('2022-01-20', '2021-12-31', zh)).toBe('2022年1月20日');
  });

  test('that are not set are 待定', () => {
    expect(formatDay(null, '2022-01-10', zh)).toBe('待定');
  });

  test('are counted as calendar days, over the change of months and years', () => {
    expect(daysUntil('2022-01-02', '2021-12-31')).toBe(2);
    expect(formatDistance('2022-01-10', '2022-01-10', zh)).toBe('今天截止');
    expect(formatDistance('2022-01-11', '2022-01-10', zh)).toBe('明天截止');
    expect(formatDistance('2022-01-13', '2022-01-10', zh)).toBe('还有 3 天');
    expect(formatDistance('2022-01-08', '2022-01-10', zh)).toBe('已过 2 天');
  });

  test('a moment of today is said by its time, an earlier one by its day', () => {
    const now = new Date(2022, 0, 20, 18, 0);
    expect(formatMoment(new Date(2022, 0, 20, 7, 5).toISOString(), now, zh)).toBe('今天 07:05');
    expect(formatMoment(new Date(2022, 0, 9, 17, 42).toISOString(), now, zh)).toBe('1月9日 17:42');
    expect(formatMoment(new Date(2021, 11, 9, 17, 42).toISOString(), now, zh)).toBe('2021年12月9日 17:42');
  });
});

describe('the facts of a refusal', () => {
  test('are read when they are there and harmless when they are not', () => {
    expect(errorFacts({ retryAfterSeconds: 541 }).minutes).toBe(10);
    expect(errorFacts({ documents: ['个人发言提纲\n（李四）', 7] }).documents).toEqual(['个人发言提纲（李四）']);
    expect(errorFacts({ characters: ['𠮷'] }).characters).toEqual(['𠮷']);
    expect(errorFacts(undefined)).toEqual({ minutes: 1, documents: [], characters: [], username: '' });
  });

  test('a title of several lines becomes one', () => {
    expect(oneLine('XX市XX局\n个人发言提纲')).toBe('XX市XX局个人发言提纲');
  });
});

describe('a downloaded file', () => {
  test('keeps the name the server gives it, the Chinese one first', () => {
    const chinese = `attachment; filename="a.docx"; filename*=UTF-8''${encodeURIComponent('李四提纲.docx')}`;
    expect(fileNameOf(chinese)).toBe('李四提纲.docx');
    expect(fileNameOf('attachment; filename="a.docx"')).toBe('a.docx');
    expect(fileNameOf(null)).toBeUndefined();
  });
});

describe('the colours', () => {
  test('of the theme and of the style sheet are the same', () => {
    const css = readFileSync(new URL('../../../client/ui/base.css', import.meta.url), 'utf8');
    for (const [name, colour] of Object.entries(palette)) expect(css).toContain(`--${name}: ${colour};`);
  });
});
