/** The main job by keyboard alone, from sign-in to filing: no click anywhere. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, Visitor } from '../support/browser.ts';
import { type Product, startProduct } from '../support/running-product.ts';

let browser: Browser;
let product: Product;
let author: Visitor;
let leader: Visitor;
let office: Visitor;

beforeAll(async () => {
  product = await startProduct({ filled: true });
  browser = await openBrowser();
  author = await arrive('lisi');
  leader = await arrive('zhangsan');
  office = await arrive('office');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

/** The first field of the sign-in page has the focus. */
async function arrive(username: string): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, product.url);
  const account = product.demo.accounts.find((candidate) => candidate.username === username);
  await visitor.goTo('/');
  await visitor.page.getByLabel('用户名').waitFor();
  await visitor.page.keyboard.type(username);
  await visitor.page.keyboard.press('Tab');
  await visitor.page.keyboard.type(account?.password ?? '');
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByRole('navigation').getByRole('link', { name: '会议', exact: true }).waitFor();
  return visitor;
}

/** Presses a key until `goal` has the focus. */
async function go({ page }: Visitor, goal: Locator, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
  await goal.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    if (
      await goal.evaluate((element) => element === document.activeElement || element.contains(document.activeElement))
    ) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`80 × ${key} did not reach ${goal}`);
}

/** The caret goes from the section's start to its end, and a key comes before the browser has told of it. */
async function pressRightAfterMoving(section: Locator, key: string): Promise<void> {
  await section.press('Control+Home');
  // The browser has told of this.
  await section.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  await section.evaluate((element, pressed) => {
    getSelection()?.selectAllChildren(element);
    getSelection()?.collapseToEnd();
    element.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }));
  }, key);
}

const button = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true });
const dialog = ({ page }: Visitor, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });

describe.sequential('by keyboard alone', { timeout: 60_000 }, () => {
  it('an author opens his text, writes and submits', async () => {
    const { page } = author;
    await go(
      author,
      page
        .getByRole('main')
        .getByRole('link', { name: '去撰写' })
        .or(page.getByRole('main').getByRole('button', { name: '去撰写' }))
        .first(),
    );
    await page.keyboard.press('Enter');
    await go(author, author.section('opening'));
    await page.keyboard.press('Control+End');
    await page.keyboard.type('请同志们帮助。');
    await author.stored();
    expect((await author.texts())['opening']).toContain('请同志们帮助。');
    const before = await author.texts();
    await pressRightAfterMoving(author.section('opening'), 'Enter');
    await expect.poll(async () => (await author.texts())['opening']).toBe(`${before['opening']}\n`);
    await page.keyboard.press('Backspace');
    await expect.poll(() => author.texts()).toEqual(before);
    await author.stored();
    await go(author, button(author, '送审'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    const confirm = dialog(author, /确认送审|仍然送审/);
    await go(author, confirm);
    await page.keyboard.press('Enter');
    await page.getByText('审阅中').first().waitFor();
  });

  it('the leader opens it from the queue, selects words, remarks and returns', async () => {
    const { page } = leader;
    await go(leader, page.getByRole('navigation').getByRole('link', { name: '审阅台' }));
    await page.keyboard.press('Enter');
    await go(leader, page.getByRole('link', { name: /李四/ }).first());
    await page.keyboard.press('Enter');
    await go(leader, leader.section('problems.a1'));
    for (let letter = 0; letter < 4; letter += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.locator('.remark-affordance').waitFor();
    await page.keyboard.press('Alt+M');
    await page.getByRole('textbox', { name: '新批注' }).waitFor();
    await page.keyboard.type('请写得再具体些。');
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-remark]').filter({ hasText: '请写得再具体些' }).waitFor();
    await page.keyboard.press('Escape');
    await go(leader, button(leader, '退回'));
    await page.keyboard.press('Enter');
    await go(leader, page.getByRole('dialog').getByRole('radio').first());
    await page.keyboard.press('Space');
    await go(leader, dialog(leader, '退回'));
    await page.keyboard.press('Enter');
    await page.getByText('已退回').first().waitFor();
  });

  it('the author adopts it and submits again', async () => {
    const { page } = author;
    const adopt = page.locator('[data-remark]').getByRole('button', { name: '采纳', exact: true });
    await go(author, adopt);
    await page.keyboard.press('Enter');
    await page.locator('[data-remark]').getByText('采纳').first().waitFor();
    await go(author, button(author, '送审'));
    await page.keyboard.press('Enter');
    await go(author, dialog(author, /确认送审|仍然送审/));
    await page.keyboard.press('Enter');
    await page.getByText('第 2 轮').first().waitFor();
  });

  it('the leader approves with one key and a confirmation', async () => {
    const { page } = leader;
    await page.getByText('第 2 轮').first().waitFor();
    await page.reload();
    await button(leader, '审定').waitFor();
    await page.keyboard.press('a');
    await go(leader, dialog(leader, '审定'));
    await page.keyboard.press('Enter');
    await page.getByText('已审定').first().waitFor();
  });

  it('the office files it', async () => {
    const { page } = office;
    const row = page.getByRole('main').locator('li, article, tr').filter({ hasText: '李四' }).last();
    await go(
      office,
      row
        .getByRole('link', { name: '去报备' })
        .or(row.getByRole('button', { name: '去报备' }))
        .first(),
    );
    await page.keyboard.press('Enter');
    await go(office, button(office, '报备'));
    await page.keyboard.press('Enter');
    await go(office, page.getByLabel('文号或编号'));
    await page.keyboard.type('X局党组〔2022〕3号');
    await go(office, dialog(office, '报备'));
    await page.keyboard.press('Enter');
    await page.getByText('已报备').first().waitFor();
  });

  it('left no error in any page', () => {
    expect([author, leader, office].flatMap(({ errors }) => errors)).toEqual([]);
  });
});
