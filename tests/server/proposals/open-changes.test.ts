/** [PP15] Changes that were handed over are answered before the text is submitted again, as remarks are. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentAnswer, readinessAnswer } from '../../../shared/api/documents.ts';
import { openChangesDetails, proposalAnswer } from '../../../shared/api/proposals.ts';
import { HandedOver } from '../../support/handed-over.ts';
import { OfficePage } from '../../support/office-page.ts';
import { codeOf, detailsOf, names, type OfficeWorld } from '../../support/office-world.ts';

let story: HandedOver;
let world: OfficeWorld;
let path: string;

beforeEach(async () => {
  story = await HandedOver.open();
  ({ world, path } = story);
});
afterEach(() => world.close());

const submit = () => story.submit();
const explain = (body: unknown) => story.explain(body);
const changes = async () => (await story.answer()).changes;
const openPoints = async () => {
  const { points } = await world.get(readinessAnswer, 'lisi', `${path}/readiness`);
  return points.filter(({ kind }) => kind === 'open_change');
};

test('[PP15] a text with an open change is refused with the list, and nothing changes', async () => {
  expect(await openPoints()).toMatchObject([{ blocks: true, detail: '2' }]);
  const refused = await submit();
  expect([refused.status, codeOf(refused)]).toEqual([409, 'changes_open']);
  const listed = openChangesDetails.parse(detailsOf(refused)).changes;
  expect(listed.map(({ key }) => key)).toEqual((await changes()).map(({ note }) => note.key));
  expect((await world.get(documentAnswer, 'lisi', path)).lifecycle.state).toBe('returned');
  expect((await world.storage.records.version.find({ documentId: story.outline })).length).toBe(1);
});

test('[PP15] it is submitted when every change has a fate: settled, or explained each or all at once', async () => {
  const [first, second] = await changes();
  await world.act('lisi', 'PUT', `/api/changes/${first?.note.key}/fate`, { fate: 'declined', words: '事实如此' });
  expect(await openPoints()).toMatchObject([{ detail: '1' }]);
  expect(codeOf(await submit())).toBe('changes_open');
  expect((await explain({ rest: '已在第二方面一并修改' })).body).toEqual({ explained: 1 });
  const told = (await changes()).map(({ note }) => [note.fate, note.words, note.by?.name]);
  expect(told).toEqual([
    ['declined', '事实如此', '李四'],
    ['explained', '已在第二方面一并修改', '李四'],
  ]);
  expect(await openPoints()).toEqual([]);
  expect((await submit()).status).toBe(200);
  expect((await world.audit()).filter(({ act }) => act === 'change_fate').map(({ facts }) => facts['fate'])).toEqual([
    'declined',
    'explained',
  ]);
  expect(codeOf(await explain({ each: [{ key: second?.note.key, words: '晚了' }] }))).toBe('wrong_state');
});

test('[PP15] explanations are all or none, need words, and only whoever may write gives them', async () => {
  const [first] = await changes();
  const each = [{ key: first?.note.key, words: '见第三方面' }];
  expect(codeOf(await explain({ each: [...each, { key: `${story.proposal}.nothing.a`, words: '没有这一处' }] }))).toBe(
    'not_found',
  );
  expect((await changes()).map(({ note }) => note.fate)).toEqual(['open', 'open']);
  expect((await explain({ each, rest: '' })).body).toEqual({ explained: 1 });
  expect((await changes()).map(({ note }) => note.fate)).toEqual(['explained', 'open']);
  const bare = await world.ask('lisi', 'PUT', `/api/changes/${first?.note.key}/fate`, { fate: 'explained' });
  expect(codeOf(bare)).toBe('fate_needs_words');
  for (const name of names) {
    if (name === 'lisi') continue;
    const answer = await world.ask(name, 'PUT', `${path}/changes/explanations`, { rest: '我说' });
    expect([name, answer.status >= 400]).toEqual([name, true]);
  }
  expect((await changes()).map(({ note }) => note.fate)).toEqual(['explained', 'open']);
});

test('[PP15] changes of an earlier round count as long as they are open; void ones never', async () => {
  await explain({ rest: '一并考虑' });
  await submit();
  const { proposal: begun } = proposalAnswer.parse(await world.act('zhangsan', 'POST', `${path}/proposals`));
  const page = await OfficePage.open(world, 'zhangsan', begun.id);
  page.type('没有交出去的。');
  await page.stored();
  await world.act('lisi', 'POST', `${path}/withdraw`);
  expect(await openPoints()).toEqual([]);
  const [first] = await changes();
  await world.act('lisi', 'PUT', `/api/changes/${first?.note.key}/fate`, { fate: 'open' });
  expect(await openPoints()).toMatchObject([{ detail: '1' }]);
  expect(codeOf(await submit())).toBe('changes_open');
});
