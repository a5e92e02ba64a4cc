import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { totalWords } from '../../../client/hand/hand-words.ts';
import { resources } from '../../../client/i18n/i18n.ts';

beforeAll(() => i18next.init({ lng: 'zh', resources, defaultNS: 'common', keySeparator: false }));

const minute = 60_000;
const said = (language: 'zh' | 'en', times: number, ms: number) =>
  totalWords(i18next.getFixedT(language, 'hand'), times, ms);

test('[HD8] one sitting is one, several are several, in both languages', () => {
  expect(said('en', 1, 5 * minute)).toBe('1 sitting, 5 min in all');
  expect(said('en', 2, 90 * minute)).toBe('2 sittings, 1 h 30 min in all');
  expect(said('en', 1, 0)).toBe('1 sitting, less than a minute in all');
  expect(said('zh', 1, 5 * minute)).toBe('1 次，共 5 分钟');
  expect(said('zh', 3, 0)).toBe('3 次，共不足 1 分钟');
});
