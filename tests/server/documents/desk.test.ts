/** What a reader keeps for himself: stock phrases, and where he stopped. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bookmarkAnswer } from '../../../shared/api/bookmarks.ts';
import { firstPhrases, phrasesAnswer } from '../../../shared/api/phrases.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { codeOf, type Name, OfficeWorld } from '../../support/office-world.ts';

let world: OfficeWorld;
let id: DocumentId;

beforeEach(async () => {
  world = await OfficeWorld.open();
  id = await world.documentOf((await world.meet()).id, 'lisi');
});
afterEach(() => world.close());

const phrases = (who: Name) => world.get(phrasesAnswer, who, '/api/me/phrases');
const phrase = (words: string) => ({ words, kind: 'suggestion', basis: '' }) as const;

test('[RV2] everybody begins with the common phrases and keeps a list of his own, also an empty one', async () => {
  expect(await phrases('zhangsan')).toEqual({ phrases: firstPhrases, own: false });
  const mine = [phrase('写具体'), { words: '好', kind: 'praise', basis: 'R06' }];
  await world.act('zhangsan', 'PUT', '/api/me/phrases', { phrases: mine });
  expect(await phrases('zhangsan')).toEqual({ phrases: mine, own: true });
  expect((await phrases('supervisor')).own).toBe(false);
  await world.act('supervisor', 'PUT', '/api/me/phrases', { phrases: [phrase('核对')] });
  expect((await phrases('supervisor')).phrases).toEqual([phrase('核对')]);
  expect((await phrases('zhangsan')).phrases).toEqual(mine);
  await world.act('zhangsan', 'PUT', '/api/me/phrases', { phrases: [] });
  expect(await phrases('zhangsan')).toEqual({ phrases: [], own: true });
});

test('[RV2] a list has its limits, and a list out of them changes nothing', async () => {
  const put = (list: object[]) => world.ask('zhangsan', 'PUT', '/api/me/phrases', { phrases: list });
  expect(codeOf(await put(Array.from({ length: 41 }, () => phrase('写具体'))))).toBe('invalid_request');
  expect(codeOf(await put([{ ...phrase('写具体'), basis: '条'.repeat(61) }]))).toBe('text_too_long');
  expect(codeOf(await put([phrase('  ')]))).toBe('invalid_request');
  expect(codeOf(await put([phrase('长'.repeat(501))]))).toBe('text_too_long');
  expect((await phrases('zhangsan')).own).toBe(false);
  const most = Array.from({ length: 40 }, () => ({ ...phrase('写具体'), basis: '条'.repeat(60) }));
  await world.act('zhangsan', 'PUT', '/api/me/phrases', { phrases: most });
  expect((await phrases('zhangsan')).phrases).toEqual(most);
  expect(codeOf(await world.ask(undefined, 'GET', '/api/me/phrases'))).toBe('signed_out');
});

test('[RV13] the place where a reader stopped is his own, the last one counts, and reading is a condition', async () => {
  const path = `/api/documents/${id}/bookmark`;
  const place = (blockId: string) => ({ sectionKey: 'problems.a1', blockId });
  expect(codeOf(await world.ask('zhangsan', 'PUT', path, place('b-000000001')))).toBe('forbidden');
  await world.write(id, 'opening', '我查摆如下。');
  await world.act('lisi', 'POST', `/api/documents/${id}/submit`);
  expect(await world.get(bookmarkAnswer, 'zhangsan', path)).toEqual({ bookmark: null });
  await world.act('zhangsan', 'PUT', path, place('b-000000001'));
  await world.act('zhangsan', 'PUT', path, place('b-000000002'));
  expect((await world.get(bookmarkAnswer, 'zhangsan', path)).bookmark).toMatchObject(place('b-000000002'));
  expect(await world.get(bookmarkAnswer, 'lisi', path)).toEqual({ bookmark: null });
  await world.act('lisi', 'PUT', path, place('b-000000003'));
  expect((await world.get(bookmarkAnswer, 'zhangsan', path)).bookmark).toMatchObject(place('b-000000002'));
  expect(codeOf(await world.ask('wangwu', 'GET', path))).toBe('forbidden');
  expect(codeOf(await world.ask('stranger', 'GET', path))).toBe('not_found');
  expect(codeOf(await world.ask('zhangsan', 'PUT', path, place('no')))).toBe('invalid_request');
});
