/** [PP15] [PP18] What the reviewer is told before he approves, from what the server answers him, and in the dialog’s words. */

import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { resources } from '../../../client/i18n/i18n.ts';
import { ProposedContext } from '../../../client/proposals/proposed.tsx';
import { HandedOverLine } from '../../../client/proposals/proposed-acts.tsx';
import { beforeApproval, itemsOf } from '../../../client/proposals/proposed-items.ts';
import { documentAnswer } from '../../../shared/api/documents.ts';
import { lastSet } from '../../../shared/api/fates.ts';
import { HandedOver } from '../../support/handed-over.ts';

let story: HandedOver;
beforeAll(() => i18next.use(initReactI18next).init({ lng: 'zh', resources, defaultNS: 'common', keySeparator: false }));
beforeEach(async () => {
  story = await HandedOver.open();
});
afterEach(() => story.world.close());

const items = async () => itemsOf([await story.answer('zhangsan')], undefined);
const told = async () => {
  const value = { proposals: [], items: await items(), active: null, hold: () => undefined, take: () => undefined };
  const line = createElement(HandedOverLine);
  return renderToStaticMarkup(createElement(ProposedContext, { value }, line)).replaceAll(/<[^>]*>/g, '');
};

test('what became of them; of one he opened again that it is open still, and approving leaves it so', async () => {
  await story.fate((await story.note()).key, { fate: 'declined', words: '事实如此' });
  await story.explain({ rest: '一并考虑' });
  await story.submit();
  expect(beforeApproval(await items())).toEqual({
    settled: { adopted: 0, partly: 0, declined: 1, explained: 1 },
    open: 0,
  });
  expect(await told()).toBe('以前交给作者的改动：采纳 0 处，部分采纳 0 处，不采纳 1 处，说明 1 处。');

  const { key, history } = await story.note();
  await story.confirm('zhangsan', key, { confirmed: false, seen: lastSet(history)?.id });
  expect(beforeApproval(await items())).toMatchObject({ settled: { declined: 0, explained: 1 }, open: 1 });
  expect(await told()).toContain('还有 1 处改动作者没有处理；审定后改动保留，文字不再修改。');

  const { currentVersion } = await story.world.get(documentAnswer, 'zhangsan', story.path);
  await story.world.act('zhangsan', 'POST', `${story.path}/approve`, { versionId: currentVersion?.id });
  expect((await story.notes('zhangsan')).map(({ fate }) => fate)).toEqual(['open', 'explained']);
});

test('nothing while nothing was handed over', async () => {
  expect(beforeApproval([])).toEqual({ settled: undefined, open: 0 });
});
