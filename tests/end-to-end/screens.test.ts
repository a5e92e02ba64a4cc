/**
 * Every screen of the product with the demo unit's texts, at both sizes and in both languages: axe finds no serious fault,
 * nothing is wider than the window, no script fails, nothing is asked of another host. With PICTURES=<folder> each is
 * pictured, to be looked at.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, Visitor } from '../support/browser.ts';
import { type Product, startProduct } from '../support/running-product.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env['PICTURES'];
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;

let browser: Browser;
let product: Product;

beforeAll(async () => {
  product = await startProduct({ filled: true });
  browser = await openBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

type Screen = {
  readonly name: string;
  readonly path: string;
  readonly ready: (page: Page) => Promise<unknown>;
  /** Every tab beside the text is looked at too. */
  readonly rail?: true;
};

const text = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor();
const paper = (page: Page) => page.locator('.ProseMirror').first().waitFor();
const meeting = () => `/meetings/${product.demo.meetingId}`;
const documentOf = (owner: string | undefined) => `/documents/${product.documentOf(owner)}`;

/** Who sees what; one visit per person keeps the run short. */
const tours: readonly { readonly who: string; readonly screens: () => readonly Screen[] }[] = [
  {
    who: 'lisi',
    screens: () => [
      { name: 'work', path: '/', ready: text('待我办理') },
      { name: 'draft', path: documentOf('lisi'), ready: paper, rail: true },
    ],
  },
  { who: 'wangwu', screens: () => [{ name: 'empty-draft', path: documentOf('wangwu'), ready: paper }] },
  { who: 'zhaoliu', screens: () => [{ name: 'in-review', path: documentOf('zhaoliu'), ready: paper }] },
  {
    who: 'zhangsan',
    screens: () => [
      { name: 'queue', path: '/review', ready: text('赵六') },
      { name: 'review', path: documentOf('zhaoliu'), ready: paper, rail: true },
      { name: 'team', path: documentOf(undefined), ready: paper },
      { name: 'board', path: meeting(), ready: text('办理情况') },
    ],
  },
  {
    who: 'office',
    screens: () => [
      { name: 'meetings', path: '/meetings', ready: text('党史学习教育') },
      { name: 'new-meeting', path: '/meetings/new', ready: text('2021') },
      {
        name: 'library',
        path: `${meeting()}/library`,
        ready: text('关于开好2021年度党史学习教育专题民主生活会的通知'),
      },
      { name: 'approved', path: documentOf('qianqi'), ready: paper },
    ],
  },
  {
    who: 'admin',
    screens: () => [
      { name: 'accounts', path: '/admin/accounts', ready: text('zhangsan') },
      { name: 'units', path: '/admin/units', ready: text('XX市XX局') },
      { name: 'audit', path: '/admin/audit', ready: text(/李四|张三/) },
    ],
  },
];

describe.each(sizes)('at $width × $height', { timeout: 120_000 }, (size) => {
  it.each(tours)('the screens of $who are whole and can be used by everybody', async ({ who, screens }) => {
    const visitor = await Visitor.arrive(browser, product.url, size);
    const foreign: string[] = [];
    visitor.page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== product.url) foreign.push(request.url());
    });
    await visitor.signIn(accountOf(who));
    for (const screen of screens()) {
      await visitor.goTo(screen.path);
      await screen.ready(visitor.page);
      await look(visitor.page, `${screen.name}-${who}-${size.width}`);
      if (screen.rail === true && size.width === 1440) await lookAtRail(visitor.page, `${screen.name}-${who}`);
    }
    await visitor.page.getByRole('button', { name: 'English' }).first().click();
    await look(visitor.page, `english-${who}-${size.width}`);
    // Longer words are the harder the narrower the window.
    for (const screen of screens().filter(({ rail }) => rail === true && size.width === 1024)) {
      await visitor.goTo(screen.path);
      await screen.ready(visitor.page);
      await lookAtRail(visitor.page, `english-${screen.name}-${who}`);
    }
    expect(visitor.errors).toEqual([]);
    expect(foreign).toEqual([]);
    await visitor.leave();
  });

  it('the sign-in page is whole', async () => {
    const visitor = await Visitor.arrive(browser, product.url, size);
    await visitor.goTo('/');
    await visitor.page.getByLabel('用户名').waitFor();
    await look(visitor.page, `sign-in-${size.width}`);
    await visitor.leave();
  });
});

function accountOf(username: string) {
  const found = product.demo.accounts.find((account) => account.username === username);
  if (found === undefined) throw new Error(`nobody is called ${username}`);
  return found;
}

/** Opens the rail where it is put away, and every tab of it. */
async function lookAtRail(page: Page, name: string): Promise<void> {
  const tabs = page.locator('.rail-tabs [role="tab"]');
  if ((await tabs.count()) === 0) await page.locator('.rail-handle').click();
  await tabs.first().waitFor();
  for (let tab = 0; tab < (await tabs.count()); tab += 1) {
    await tabs.nth(tab).click();
    await page.locator('.ant-tabs-tabpane-active .ant-skeleton').waitFor({ state: 'detached' });
    await look(page, `${name}-rail-${tab}`);
  }
}

async function look(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
  expect(await wider(page), name).toBeLessThanOrEqual(0);
  expect(await seriousFaults(page), name).toEqual([]);
}

/** By how many pixels the page is wider than its window. */
function wider(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

type Violation = { id: string; impact: string; nodes: { html: string }[] };

async function seriousFaults(page: Page): Promise<string[]> {
  // The page's own policy forbids inline scripts; the driver's evaluation is not bound by it.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: { run(): Promise<{ passes: unknown[]; violations: Violation[] }> };
    };
    const { passes, violations } = await runner.run();
    if (passes.length === 0) throw new Error('axe has looked at nothing');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}
