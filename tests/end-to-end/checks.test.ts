/**
 * [CK] The checks on the page: questions beside the author's text, a passage shown, a reason given, what is confirmed before a
 * submission; the reviewer's view and his checklist; a meeting's settings. With PICTURES=<folder> each screen is pictured.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checksAnswer } from '../../shared/api/checks.ts';
import { openBrowser, Visitor } from '../support/browser.ts';
import { type Product, startProduct } from '../support/running-product.ts';

const pictures = process.env['PICTURES'];
/** The page is asked again until it says so; how soon is the machine's business. */
const soon = { timeout: 20_000 } as const;

let browser: Browser;
let product: Product;
let author: Visitor;
let leader: Visitor;

beforeAll(async () => {
  product = await startProduct({ filled: true });
  browser = await openBrowser();
  author = await visit('lisi');
  leader = await visit('zhangsan');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

async function visit(username: string, size?: { width: number; height: number }): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, product.url, size);
  const account = product.demo.accounts.find((each) => each.username === username);
  if (account === undefined) throw new Error(`nobody is called ${username}`);
  await visitor.signIn(account);
  return visitor;
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const outline = () => `/documents/${product.documentOf('lisi')}`;
const card = (page: Page, rule: string) => page.locator(`.document-rail .hit[data-rule="${rule}"]`);

it('[CK10] asks about what is written, as a question, with its passage and where it comes from', async () => {
  const { page } = author;
  await author.goTo(outline());
  await author.section('problems.a1').waitFor();
  await page.getByRole('tab', { name: '检查', exact: true }).click();
  await page.getByText('没有要问的').waitFor();
  await picture(page, '01-author-nothing');
  await author.enter('problems.a1');
  await page.keyboard.press('Enter');
  await page.keyboard.type('我深入基层不够，对群众的所思所盼了解不多。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('党组在推进智慧管网平台建设上主动性不够，等靠思想比较严重。');
  await card(page, 'R06').first().getByText('能不能写出时间、地点、经过？').waitFor();
  await card(page, 'R01').getByText('通知要求：不得以班子问题、下级问题代替个人问题').waitFor();
  await page.getByRole('tab', { name: /^检查 \d+$/ }).waitFor();
  await picture(page, '02-author-asked');
  expect(author.errors).toEqual([]);
});

it('[CK11] a click on the passage lights it until its words change', async () => {
  const { page } = author;
  await card(page, 'R01').getByRole('button', { name: '党组在推进智慧管网平台建设上主动性不够' }).click();
  const lit = page.locator('.ProseMirror .asked');
  await expect
    .poll(() => lit.allTextContents(), soon)
    .toEqual(['党组在推进智慧管网平台建设上主动性不够，等靠思想比较严重。']);
  await picture(page, '03-author-passage');
  await author.enter('problems.a1');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('的');
  await expect.poll(() => lit.count(), soon).toBe(0);
  await page.keyboard.press('Backspace');
});

it('[CK18] one click puts punctuation right in the author’s own text, and undo takes it back', async () => {
  const { page } = author;
  const wrong = '我没有去过南苑市场,只在 会上听汇报。。';
  await author.enter('problems.a2');
  await page.keyboard.press('Enter');
  await page.keyboard.type(wrong);
  const all = page.getByRole('button', { name: /^标点、空格和编号一并改过来（\d+ 处）$/ });
  await all.waitFor();
  await card(page, 'R26').first().getByRole('button', { name: '改过来' }).waitFor();
  await picture(page, '03a-author-punctuation');
  await all.click();
  const section = author.section('problems.a2');
  await section.getByText('我没有去过南苑市场，只在会上听汇报。', { exact: true }).waitFor();
  await expect.poll(() => card(page, 'R26').count(), soon).toBe(0);
  await section.click();
  await page.keyboard.press('Control+z');
  await section.getByText(wrong, { exact: true }).waitFor();
  expect(author.errors).toEqual([]);
});

it('[CK5] the author keeps his words and says why; changed words are asked about again', async () => {
  const { page } = author;
  const asked = card(page, 'R06').first();
  await asked.getByRole('button', { name: '不改，写明理由' }).click();
  await page.getByLabel('为什么这样写').fill('具体事例在第三方面写了');
  await picture(page, '04-author-reason');
  await page.keyboard.press('Control+Enter');
  await page.getByText('已写明理由').waitFor();
  await page.locator('details.hit-group > summary').click();
  await page.getByText('李四的理由：具体事例在第三方面写了').waitFor();
  await picture(page, '05-author-dismissed');
  await author.section('problems.a1').getByText('我深入基层不够').click();
  await page.keyboard.press('End');
  await page.keyboard.type('今后多走多看。');
  await expect.poll(() => page.getByText('已写明理由').count(), soon).toBe(0);
});

it('[CK6] what needs a confirmation is confirmed with the submission', async () => {
  const { page } = author;
  await author.stored();
  await page.getByRole('button', { name: '送审', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('须确认（1 处）').waitFor();
  const send = dialog.getByRole('button', { name: /送审/ });
  expect(await send.isDisabled()).toBe(true);
  await dialog.getByLabel(/理由（可不写）/).fill('平台由党组统一部署，本人责任见第二方面');
  await dialog.getByLabel('以上各处我已核对，情况属实').check();
  await picture(page, '06-author-submit');
  await send.click();
  await page.getByText('审阅中').first().waitFor();
  expect(author.errors).toEqual([]);
});

it('[CK7] [CK12] the reviewer sees questions and reasons, no hints, and takes a reason for a return from his checklist', async () => {
  const { page } = leader;
  await leader.goTo(outline());
  await leader.section('problems.a1').waitFor();
  await page.getByRole('tab', { name: /检查/ }).click();
  await page.getByText('李四送审时确认：平台由党组统一部署，本人责任见第二方面').waitFor();
  await card(page, 'R06').first().waitFor();
  const answer = await page.evaluate(async (path) => (await fetch(path)).json(), `/api${outline()}/checks`);
  expect(checksAnswer.parse(answer).hits.filter(({ severity }) => severity === 'hint')).toEqual([]);
  const line = page.locator('.checklist-line').filter({ hasText: '有没有人、事、时间、数字' });
  await line.getByText(/查到 \d+ 处/).waitFor();
  await picture(page, '07-reviewer');
  await line.getByRole('checkbox').check();
  await page.getByText('1 / 13').waitFor();
  await line.getByRole('button', { name: '作为退回理由' }).click();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('问题请写出具体的人、事、时间和数字。').waitFor();
  expect(await dialog.getByLabel('缺少具体人具体事').isChecked()).toBe(true);
  await picture(page, '08-reviewer-return');
  await page.keyboard.press('Escape');
  expect(leader.errors).toEqual([]);
});

it('[CK15] his tick stands at another of his machines', async () => {
  const elsewhere = await visit('zhangsan');
  await elsewhere.goTo(outline());
  await elsewhere.page.getByRole('tab', { name: /检查/ }).click();
  const line = elsewhere.page.locator('.checklist-line').filter({ hasText: '有没有人、事、时间、数字' });
  await expect.poll(() => line.getByRole('checkbox').isChecked(), soon).toBe(true);
  expect(elsewhere.errors).toEqual([]);
  await elsewhere.leave();
});

it('[CK4] the office turns a rule off, and the text is no longer asked', async () => {
  const office = await visit('office');
  const { page } = office;
  await office.goTo(`/meetings/${product.demo.meetingId}/checks`);
  const weight = page.getByRole('row').filter({ hasText: 'R06' }).getByRole('combobox');
  await weight.waitFor();
  await picture(page, '09-settings');
  await weight.click();
  // While the list unfolds it may still turn from below the field to above it, and a press meets what is then under the mouse.
  await page.locator('.ant-select-dropdown:visible:not([class*="slide-up"])').waitFor();
  await page.getByTitle('不检查').click();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('已保存').first().waitFor();
  await expect.poll(() => card(leader.page, 'R06').count(), soon).toBe(0);
  await picture(leader.page, '10-reviewer-after');
  expect(office.errors).toEqual([]);
  await office.leave();
});
