/**
 * The leader's evening, by keyboard alone: ten texts in the queue, two of them in round two. He remarks with number keys,
 * returns and approves, takes one decision back, meets one text that changed under his hands and one moment without a line,
 * and leaves with an empty queue. No click anywhere.
 */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, Visitor } from '../support/browser.ts';
import { EveningOffice, lines, type Member, members } from '../support/evening-office.ts';

/** A slow machine takes its time. */
const soon = { timeout: 30_000 };

let browser: Browser;
let office: EveningOffice;
let leader: Visitor;

beforeAll(async () => {
  office = await EveningOffice.open();
  for (const name of ['冯九', '陈十'] as const)
    await office.remarks(name, '多数时候满足于完成学时', '能不能写出次数？');
  const [first = '', second = '', third = ''] = lines('冯九');
  await office.secondRound('冯九', [first.replace('多数时候', '31次里有20次'), second, third], '已写明次数');
  await office.secondRound('陈十', lines('陈十').slice(1), '这一句删去了');
  browser = await openBrowser();
  leader = await Visitor.arrive(browser, office.url);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

/** With PICTURES=<folder> every step leaves a picture, to be looked at. */
const pictures = process.env['PICTURES'];
let step = 0;
afterEach(async () => {
  step += 1;
  if (pictures !== undefined)
    await leader.page.screenshot({ path: `${pictures}/evening-${String(step).padStart(2, '0')}.png` });
});

const press = (key: string) => leader.page.keyboard.press(key);
const decision = (act: 'approve' | 'return') => leader.page.locator(`.decision[data-decision="${act}"]`);

/** The page of this member's text, its words there and its decisions possible. */
async function reads(name: Member): Promise<void> {
  await leader.page.getByRole('heading', { name: new RegExp(name), level: 1 }).waitFor();
  await leader.page.getByRole('button', { name: '审定', exact: true }).waitFor();
}

/** Walks with Tab until the text has the focus, and selects its first letters. */
async function selectsWords(count: number): Promise<void> {
  const inText = () => leader.page.evaluate(() => document.activeElement?.classList.contains('ProseMirror') === true);
  await leader.page.locator('.ProseMirror').first().waitFor();
  for (let presses = 0; presses < 80 && !(await inText()); presses += 1) await press('Tab');
  const words = leader.page.locator('section[data-section="problems.a1"] .ProseMirror');
  for (let presses = 0; presses < 40; presses += 1) {
    if (await words.evaluate((element) => element === document.activeElement)) break;
    await press('Tab');
  }
  for (let letter = 0; letter < count; letter += 1) await press('Shift+ArrowRight');
  await leader.page.locator('.remark-affordance').waitFor();
}

/** A dialog takes the focus once it has opened; a key pressed before is not its own. */
async function holdsFocus(selector: string): Promise<void> {
  await leader.page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector);
}

async function approves(): Promise<void> {
  await press('a');
  await holdsFocus('[role="dialog"] button[type="submit"]');
  await press('Enter');
  await decision('approve').waitFor();
}

async function returns(words = ''): Promise<void> {
  await press('r');
  await holdsFocus('[role="dialog"] input[type="radio"]');
  await press('Space');
  if (words !== '') {
    await press('Tab');
    await leader.page.keyboard.type(words);
  }
  await press('Control+Enter');
  await decision('return').waitFor();
}

/** On to the next text; the decision on this one is sent, and the line at the foot goes. */
async function next(): Promise<void> {
  await press('j');
}

async function stateOf(name: Member): Promise<string> {
  return (await office.look(name)).lifecycle.state;
}

async function becomes(name: Member, state: string): Promise<void> {
  await expect.poll(() => stateOf(name), { timeout: 30_000 }).toBe(state);
}

describe.sequential('the evening', { timeout: 120_000 }, () => {
  it('begins at the queue: ten texts, their length, round, waiting time and open remarks', async () => {
    const { page } = leader;
    await leader.goTo('/');
    await page.getByLabel('用户名').waitFor();
    await page.keyboard.type(office.leader.username);
    await press('Tab');
    await page.keyboard.type(office.leader.password);
    await press('Enter');
    const desk = page.getByRole('navigation').getByRole('link', { name: '审阅台' });
    await desk.waitFor();
    for (let presses = 0; presses < 40; presses += 1) {
      if (await desk.evaluate((element) => element === document.activeElement)) break;
      await press('Tab');
    }
    await press('Enter');
    await expect.poll(() => page.locator('.queue-row').count(), soon).toBe(10);
    await expect.poll(() => page.locator('.queue-row').filter({ hasText: '第 2 轮' }).count(), soon).toBe(2);
    await press('j');
    await press('k');
    await page.locator('.queue-row[data-marked="true"]').filter({ hasText: '赵一' }).waitFor();
    // The link that brought him here has the focus; the marked row is opened from the page itself.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press('Enter');
    await reads('赵一');
  });

  it('a number key writes a stock phrase on the selected words, and a return takes it along', async () => {
    await selectsWords(4);
    await press('1');
    await leader.page.locator('[data-remark]').filter({ hasText: '时间、地点、经过' }).waitFor();
    await returns('写具体。');
    expect(await stateOf('赵一')).toBe('in_review');
    await next();
    await reads('钱二');
    await becomes('赵一', 'returned');
    const { remarks, lifecycle } = await office.look('赵一');
    expect(remarks).toMatchObject([{ kind: 'question', basis: 'R06', attached: true }]);
    expect(lifecycle).toMatchObject({ words: '写具体。' });
  });

  it('a decision is taken back with U and another taken', async () => {
    await approves();
    await press('u');
    await decision('approve').waitFor({ state: 'detached' });
    await returns();
    await press('u');
    await decision('return').waitFor({ state: 'detached' });
    expect(await stateOf('钱二')).toBe('in_review');
    await approves();
    await next();
    await reads('孙三');
    await becomes('钱二', 'approved');
  });

  it('a decision takes effect by itself after ten seconds', async () => {
    await approves();
    await decision('approve').waitFor({ state: 'detached', timeout: 30_000 });
    await leader.page.getByText('已审定').first().waitFor();
    expect(await stateOf('孙三')).toBe('approved');
    await next();
    await reads('李四');
  });

  it('a text that changed under his hands refuses the decision, says so, and loses no word', async () => {
    const { page } = leader;
    const author = office.person('李四');
    await returns('第二条请写经过。');
    await author.act('POST', `${office.path('李四')}/withdraw`, {});
    await office.writes('李四', [...lines('李四'), '补写：当时想等物业先拿方案。']);
    await office.submits('李四');
    await next();
    await page.locator('.decision[data-refused]').filter({ hasText: '没有生效' }).waitFor();
    expect(await stateOf('李四')).toBe('in_review');
    await reads('周五');
  });

  it('goes on through the others with a key or two each', async () => {
    for (const [name, following] of [
      ['周五', '吴六'],
      ['吴六', '郑七'],
    ] as const) {
      await approves();
      await next();
      await reads(following);
      await becomes(name, 'approved');
    }
    await returns();
    await next();
    await reads('王八');
    await becomes('郑七', 'returned');
    await approves();
    await next();
    await becomes('王八', 'approved');
  });

  it('round two opens on what changed, with the earlier remark and its fate beside; one key walks, Y agrees', async () => {
    const { page } = leader;
    await reads('冯九');
    await page.locator('[data-change="edited"]').first().waitFor();
    await page.getByText(/除此之外没有改动/).waitFor();
    const beside = page.locator('[data-beside]').filter({ hasText: '能不能写出次数' });
    await beside.getByText('已写明次数').waitFor();
    await press('n');
    await press('n');
    await expect.poll(() => beside.evaluate((element) => element === document.activeElement), soon).toBe(true);
    await press('y');
    await beside.getByText('已认可').waitFor();
    await press('d');
    await page.locator('.comparison[data-columns="true"]').waitFor();
    await approves();
    await next();
    await becomes('冯九', 'approved');
    expect((await office.look('冯九')).remarks).toMatchObject([{ confirmedBy: { name: '张三' } }]);
  });

  it('a remark that lost its words comes first with its quote; X opens it again', async () => {
    const { page } = leader;
    await reads('陈十');
    const lost = page.locator('[data-beside]').filter({ hasText: '多数时候满足于完成学时' });
    await lost.getByText('已脱离原文').waitFor();
    for (let presses = 0; presses < 6; presses += 1) {
      await press('n');
      if (await lost.evaluate((element) => element === document.activeElement)) break;
    }
    await press('x');
    await expect.poll(async () => (await office.look('陈十')).remarks[0]?.fate, soon).toBe('open');
    await returns();
    await next();
    await becomes('陈十', 'returned');
  });

  it('without a line a decision is kept, and sent when the line is back', async () => {
    const { page } = leader;
    // What was refused is the only text left.
    await reads('李四');
    await page.getByText('补写：当时想等物业先拿方案').first().waitFor();
    await press('r');
    await holdsFocus('[role="dialog"] input[type="radio"]');
    // The words of the return that was refused wait in its dialog.
    await expect.poll(() => page.getByRole('dialog').locator('textarea').inputValue(), soon).toBe('第二条请写经过。');
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await leader.context.setOffline(true);
    await approves();
    await next();
    await page.locator('.decision[data-state="kept"]').waitFor({ timeout: 30_000 });
    expect(await stateOf('李四')).toBe('in_review');
    await leader.context.setOffline(false);
    await becomes('李四', 'approved');
    await decision('approve').waitFor({ state: 'detached' });
  });

  it('ends with an empty queue, every text decided, and no error on the page', async () => {
    await leader.page.getByText('没有待您审阅的材料').waitFor();
    const states = await Promise.all(members.map(stateOf));
    expect(states.filter((state) => state === 'approved')).toHaveLength(7);
    expect(states.filter((state) => state === 'returned')).toHaveLength(3);
    expect(leader.errors).toEqual([]);
  });
});
