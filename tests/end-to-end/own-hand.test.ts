/**
 * 亲笔 in the browser: somebody types, pastes and writes without a connection; he sees how his words came in, plays the writing
 * again, submits; his reviewer sees the same, sealed.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, Visitor } from '../support/browser.ts';
import { type Product, startProduct } from '../support/running-product.ts';
import { submitConfirmed } from '../support/submit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** With PICTURES=<folder> what was looked at is pictured. */
const pictures = process.env['PICTURES'];
if (pictures !== undefined) mkdirSync(pictures, { recursive: true });

const typed = '我在联系服务群众方面做得不够，';
const pasted = '去年全年到供热企业调研只有三次，对老旧小区夜间供温不足的投诉批转多、现场看得少。';
const offline = '六月的一次现场会也因为出差没有参加，事后只看了简报，没有再到现场。';

let browser: Browser;
let product: Product;
let author: Visitor;
let reviewer: Visitor;

beforeAll(async () => {
  product = await startProduct({ filled: false });
  browser = await openBrowser();
  author = await arrive('lisi');
  reviewer = await arrive('zhangsan');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

async function arrive(username: string): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, product.url);
  const account = product.demo.accounts.find((candidate) => candidate.username === username);
  if (account === undefined) throw new Error(`nobody is called ${username}`);
  await visitor.signIn(account);
  return visitor;
}

const address = () => `/documents/${product.documentOf('lisi')}`;
const rail = (visitor: Visitor) => visitor.page.locator('.hand');

/** The screen is whole, can be used by everybody, and is no wider than its window. */
async function look({ page }: Visitor, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
  // The page's own policy forbids inline scripts; the driver's evaluation is not bound by it.
  await page.evaluate(axe);
  const faults = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await runner.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
  expect(faults, name).toEqual([]);
}

/** What the rail says, line by line, without what stands in folded parts. */
async function said(visitor: Visitor): Promise<string> {
  return (await rail(visitor).innerText()).replace(/\s+/g, ' ');
}

describe.sequential('own hand', { timeout: 90_000 }, () => {
  it('tells typing, pasting and offline work apart', async () => {
    const { page } = author;
    await author.goTo(address());
    await author.enter('opening');
    await page.keyboard.type(typed, { delay: 120 });
    await author.stored();
    await author.paste(pasted);
    await author.stored();
    await author.context.setOffline(true);
    await page.getByText('连接中断').first().waitFor();
    await page.keyboard.type(offline);
    await author.context.setOffline(false);
    await expect.poll(async () => (await page.locator('.save-badge').innerText()).includes('已入库')).toBe(true);
    await page.getByRole('tab', { name: '亲笔' }).click();
    await expect.poll(() => said(author), { timeout: 30_000 }).toContain('离线写好后并入 33 字');
    const words = await said(author);
    expect(words).toContain('逐字写入 15 字');
    expect(words).toContain('一次性写入 40 字');
    expect(words).not.toMatch(/粘贴的|抄|代笔|嫌疑/);
    await look(author, 'author-rail');
  });

  it('plays the writing again, by mouse and by keys, and returns to the text', async () => {
    const { page } = author;
    await page.getByRole('button', { name: '回放写作过程' }).click();
    const paper = page.locator('.replay-paper');
    await paper.waitFor();
    await page.keyboard.press('End');
    await expect.poll(async () => (await paper.innerText()).includes(typed + pasted + offline)).toBe(true);
    await look(author, 'replay-end');
    await page.keyboard.press('Home');
    await expect.poll(async () => (await paper.innerText()).includes('我')).toBe(false);
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await paper.innerText()).includes('我在联')).toBe(true);
    await look(author, 'replay-begin');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await expect.poll(async () => (await paper.innerText()).includes(offline), { timeout: 20_000 }).toBe(true);
    await page.getByRole('button', { name: '从头播放' }).waitFor();
    await page.keyboard.press('Escape');
    await author.section('opening').waitFor();
    expect(await paper.count()).toBe(0);
  });

  it('is sealed with the submission; the reviewer sees the same', async () => {
    const { page } = author;
    await author.stored();
    await submitConfirmed(await product.signIn('lisi'), product.documentOf('lisi'));
    await page.getByText('审阅中').first().waitFor();
    await expect.poll(() => said(author), { timeout: 30_000 }).toContain('已随第 1 版封存');
    await reviewer.goTo(address());
    await reviewer.page.getByRole('tab', { name: '亲笔' }).click();
    await expect.poll(() => said(reviewer), { timeout: 30_000 }).toContain('已随第 1 版封存');
    const withoutLead = (words: string) => words.replace(/(?:审阅人|作者)看到的与您/, '');
    expect(withoutLead(await said(reviewer))).toBe(withoutLead(await said(author)));
    await look(reviewer, 'reviewer-rail');
    await reviewer.page.getByRole('button', { name: '回放写作过程' }).click();
    await reviewer.page.locator('.replay-paper').waitFor();
    await reviewer.page.keyboard.press('End');
    await expect
      .poll(async () => (await reviewer.page.locator('.replay-paper').innerText()).includes(offline))
      .toBe(true);
  });

  it('left no error in any page', () => {
    expect([...author.errors, ...reviewer.errors]).toEqual([]);
  });
});
