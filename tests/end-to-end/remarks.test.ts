/**
 * What remarks and the desk ask of people at real pages: the author explains before he submits again, the leader finds every
 * remark beside the new text, his phrases, his place, and all members' texts side by side.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookmarkAnswer } from '../../shared/api/bookmarks.ts';
import { phrasesAnswer } from '../../shared/api/phrases.ts';
import { remarksAnswer } from '../../shared/api/remarks.ts';
import { openBrowser, Visitor } from '../support/browser.ts';
import { type Product, startProduct } from '../support/running-product.ts';

/** A slow machine takes its time. */
const soon = { timeout: 30_000 };

let browser: Browser;
let product: Product;
let leader: Visitor;
let author: Visitor;
let text: string;

beforeAll(async () => {
  product = await startProduct({ filled: true });
  browser = await openBrowser();
  text = product.documentOf('zhaoliu');
  const chief = await product.signIn('zhangsan');
  await chief.act('POST', `/api/documents/${text}/return`, { reason: 'lacks_facts', words: '请补具体事例' });
  leader = await arrive('zhangsan');
  author = await arrive('zhaoliu');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

async function arrive(username: string): Promise<Visitor> {
  const account = product.demo.accounts.find((candidate) => candidate.username === username);
  if (account === undefined) throw new Error(`nobody is called ${username}`);
  const visitor = await Visitor.arrive(browser, product.url);
  await visitor.signIn(account);
  return visitor;
}

describe.sequential('remarks at the pages', { timeout: 60_000 }, () => {
  it('[RV4] an author cannot submit again before he has said what became of each remark', async () => {
    const { page } = author;
    await author.goTo(`/documents/${text}`);
    await page.getByRole('button', { name: '送审', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('批注还没有处理结果（2 条）').waitFor();
    const confirm = dialog.getByRole('button', { name: /确认送审|仍然送审/ });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /我压了四个月/ }).fill('当时怕得罪人，已写进原因。');
    await dialog.getByText('还有 1 条没有说明').waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('其余各条统一说明').fill('台账正在核对。');
    await expect.poll(() => confirm.isEnabled(), soon).toBe(true);
    await confirm.click();
    await page.getByText('第 2 轮').first().waitFor();
    const person = await product.signIn('zhaoliu');
    const { remarks } = await person.ask('GET', `/api/documents/${text}/remarks`, remarksAnswer);
    expect(remarks.map(({ fate, fateWords }) => [fate, fateWords])).toEqual([
      ['explained', '当时怕得罪人，已写进原因。'],
      ['explained', '台账正在核对。'],
    ]);
  });

  it('[RV8] the leader finds both beside the text, and is told that nothing else changed', async () => {
    const { page } = leader;
    await leader.goTo(`/documents/${text}`);
    await expect.poll(() => page.locator('[data-beside]').count(), soon).toBe(2);
    await page.locator('[data-beside]').getByText('台账正在核对').waitFor();
    await page.locator('.comparison-rest').getByText('两版文字相同').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('x');
    await page.locator('[data-beside]').first().getByText('未处理').waitFor();
  });

  it('[RV2] his phrases are his to change, and a number key writes the new one', async () => {
    const { page } = leader;
    await leader.goTo('/review');
    await page.getByRole('row').filter({ hasText: '赵六' }).waitFor();
    await page.keyboard.press('b');
    await page.getByRole('textbox', { name: '批语', exact: true }).first().fill('请写明是哪一天的事。');
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const person = await product.signIn('zhangsan');
    expect(await person.ask('GET', '/api/me/phrases', phrasesAnswer)).toMatchObject({
      own: true,
      phrases: [{ words: '请写明是哪一天的事。', kind: 'question' }, ...Array.from({ length: 8 }, () => ({}))],
    });
    await leader.goTo(`/documents/${product.documentOf('qianqi')}`);
    await page.locator('.ProseMirror').first().waitFor();
    const words = (await leader.texts())['causes']?.slice(0, 8) ?? '';
    await leader.select(words);
    await page.locator('.remark-affordance').waitFor();
    await page.keyboard.press('1');
    await page.locator('[data-remark]').filter({ hasText: '请写明是哪一天的事' }).waitFor();
  });

  it('[RV13] a text opens where he stopped reading', async () => {
    const { page } = leader;
    const id = product.documentOf('qianqi');
    const remembered = page.waitForResponse(
      (response) => response.url().endsWith(`${id}/bookmark`) && response.request().method() === 'PUT',
    );
    await page.locator('section[data-section="measures"]').evaluate((element) => element.scrollIntoView());
    await remembered;
    const person = await product.signIn('zhangsan');
    const { bookmark } = await person.ask('GET', `/api/documents/${id}/bookmark`, bookmarkAnswer);
    expect(bookmark?.sectionKey).toBeDefined();
    await leader.goTo('/review');
    await leader.goTo(`/documents/${id}`);
    await page.getByText('已回到您上次停下的地方').waitFor();
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    await page.getByRole('button', { name: '从头看' }).click();
    await expect.poll(() => page.evaluate(() => window.scrollY), soon).toBe(0);
  });

  it('[RV15] the same section of all stands side by side, by keys', async () => {
    const { page } = leader;
    await page.keyboard.press('s');
    await expect.poll(() => page.locator('.side-column').count(), soon).toBeGreaterThanOrEqual(2);
    await page.keyboard.press('2');
    await expect.poll(() => page.locator('.side-column').count(), soon).toBe(2);
    const before = new URL(page.url()).searchParams.get('section');
    await page.keyboard.press('n');
    await expect.poll(() => new URL(page.url()).searchParams.get('section'), soon).not.toBe(before);
    await page.keyboard.press('Escape');
    await page.locator('.ProseMirror').first().waitFor();
  });

  it('[RV14] large type leaves the paper alone on the desk', async () => {
    const { page } = leader;
    await page.keyboard.press('l');
    await page.locator('.document-rail').waitFor({ state: 'hidden' });
    await page.keyboard.press('l');
    await page.locator('.document-rail').waitFor();
  });

  it('left no error in any page', () => {
    expect([leader, author].flatMap(({ errors }) => errors)).toEqual([]);
  });
});
