/**
 * Honest misfortunes, at real browsers: a machine too slow to draw, a line that dies without a word, a session that ends, a
 * text that went on without its author. Each time nothing is lost, and the page says what is true.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../server/demo/person.ts';
import { textAnswer } from '../../shared/api/documents.ts';
import { openBrowser, Visitor } from '../support/browser.ts';
import { DemoOffice } from '../support/demo-office.ts';
import { Network } from '../support/network.ts';
import { submitConfirmed } from '../support/submit.ts';

let browser: Browser;
let office: DemoOffice;
let network: Network;
let author: Visitor;
let lisi: Person;

beforeAll(async () => {
  office = await DemoOffice.open({ filled: false });
  network = await Network.to(Number(new URL(office.url).port));
  browser = await openBrowser();
  lisi = await office.signIn('lisi');
  author = await Visitor.arrive(browser, network.url);
  await author.signIn(office.account('lisi'));
  await author.goTo(`/documents/${outline()}`);
});

afterAll(async () => {
  await browser?.close();
  await network?.close();
  expect(await office?.close()).toBe(0);
});

const outline = () => office.documentOf('lisi');

/** One section as the server has it. */
async function stored(key: string): Promise<string> {
  const { sections } = await lisi.ask('GET', `/api/documents/${outline()}/text`, textAnswer);
  const blocks = sections.find((section) => section.key === key)?.blocks ?? [];
  return blocks.map(({ runs }) => runs.map(({ text }) => text).join('')).join('\n');
}

const says = (words: string | RegExp) => author.page.getByText(words).first().waitFor();

describe.sequential('honest misfortunes', { timeout: 60_000 }, () => {
  it('a machine too slow to draw between two letters takes them all and breaks nothing', async () => {
    const { page } = author;
    await author.enter('opening');
    await page.keyboard.type('始');
    // Only promises run between these letters: the browser gets to nothing else, drawing included.
    await page.evaluate(async () => {
      for (let letter = 0; letter < 120; letter += 1) {
        document.execCommand('insertText', false, '字');
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      }
    });
    await author.stored();
    expect(await stored('opening')).toBe(`始${'字'.repeat(120)}`);
    expect(author.errors).toEqual([]);
  });

  it('a laptop that changes its network while typing: the page says 未入库, finds another line and stores', async () => {
    await author.enter('closing');
    await author.page.keyboard.type('换网之前。');
    await author.stored();
    network.silence();
    await author.page.keyboard.type('换网之后。');
    await says(/^未入库 · 本机已存/);
    await author.stored();
    expect(await stored('closing')).toBe('换网之前。换网之后。');
  });

  it('a proxy that drops idle sockets: the page comes back each time, and what is typed then is stored', async () => {
    network.idleLimitMs = 300;
    await author.enter('measures');
    for (const words of ['第一句。', '第二句。', '第三句。']) {
      await expect.poll(() => network.sockets, { interval: 20, timeout: 20_000 }).toBe(0);
      await author.page.keyboard.type(words);
      await author.stored();
    }
    network.idleLimitMs = undefined;
    expect(await stored('measures')).toBe('第一句。第二句。第三句。');
  });

  it('a session that ended: the words stay, the next person at the machine does not see them, they arrive later', async () => {
    const { page, context } = author;
    await context.setOffline(true);
    await author.enter('causes');
    await page.keyboard.type('没有入库的话。');
    await says(/^连接中断 · 本机已存/);
    await context.clearCookies();
    await context.setOffline(false);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('密码').waitFor();
    expect((await author.texts())['causes']).toBe('没有入库的话。');

    const other = office.account('wangwu');
    await dialog.getByLabel('用户名').fill(other.username);
    await dialog.getByLabel('密码').fill(other.password);
    await page.keyboard.press('Enter');
    await says(/没有找到这份材料|您不能阅读这份材料/);
    expect(await page.content()).not.toContain('没有入库的话');
    await author.goTo(`/documents/${office.documentOf('wangwu')}`);
    await author.section('causes').waitFor();
    expect(await page.content()).not.toContain('没有入库的话');
    expect(await stored('causes')).toBe('');

    await context.clearCookies();
    await author.signIn(office.account('lisi'));
    await author.goTo(`/documents/${outline()}`);
    await author.stored();
    expect(await stored('causes')).toBe('没有入库的话。');
  });

  it('an offline text that was submitted meanwhile lands in the tray: what happened, what was not taken in, a copy', async () => {
    const { page, context } = author;
    await context.setOffline(true);
    await author.enter('causes');
    await page.keyboard.type('来不及的话。');
    await says(/^连接中断 · 本机已存/);
    await submitConfirmed(lisi, outline());
    await context.setOffline(false);
    await says('这份材料已经送审，审阅期间不能修改');
    const tray = page.getByRole('region', { name: '未并入的文字' });
    await tray.getByText('原因：当时这份材料已送审').waitFor();
    await tray.getByText('没有入库的话。来不及的话。').waitFor();
    await tray.getByRole('button', { name: '复制全部' }).click();
    await tray.getByRole('button', { name: '已复制' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('来不及的话。');
    expect((await author.texts())['causes']).toBe('没有入库的话。');
    await page.reload();
    await tray.getByText('来不及的话。').waitFor();
    expect(await stored('causes')).toBe('没有入库的话。');
  });

  it('an offline text that was withdrawn meanwhile merges', async () => {
    const { page, context } = author;
    await lisi.act('POST', `/api/documents/${outline()}/withdraw`, {});
    await expect.poll(() => author.section('causes').getAttribute('contenteditable')).toBe('true');
    await context.setOffline(true);
    await author.enter('causes');
    await page.keyboard.type('离线又写。');
    await submitConfirmed(lisi, outline());
    await lisi.act('POST', `/api/documents/${outline()}/withdraw`, {});
    await context.setOffline(false);
    await author.stored();
    expect(await stored('causes')).toBe('没有入库的话。离线又写。');
    expect(author.errors).toEqual([]);
  });
});

describe.sequential('RM16: page and server hold different texts', { timeout: 60_000 }, () => {
  const notice = () => author.page.getByRole('alert').filter({ hasText: '页面上的文字与服务器上的不一致，已停止编辑' });

  /** Writing has stopped, both texts are there, and repair gives the server's and keeps the page's. */
  async function isRepaired(onPage: string, onServer: string): Promise<void> {
    const { page } = author;
    await notice().waitFor();
    expect(await author.section('closing').getAttribute('contenteditable')).toBe('false');
    expect((await author.texts())['closing']).toBe(onPage);
    expect(await stored('closing')).toBe(onServer);
    await notice().getByRole('button', { name: '复制页面上的文字' }).click();
    await notice().getByRole('button', { name: '已复制' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(onPage);
    await notice().getByRole('button', { name: '恢复为服务器上的文字' }).click();
    await notice().waitFor({ state: 'detached' });
    await author.stored();
    expect((await author.texts())['closing']).toBe(onServer);
    await page.getByRole('region', { name: '未并入的文字' }).getByText(onPage, { exact: true }).waitFor();
  }

  it('when a word came as another one: writing stops, both stay, repair keeps what differs, writing goes on', async () => {
    const second = await Visitor.arrive(browser, office.url);
    await second.signIn(office.account('lisi'));
    await second.goTo(`/documents/${outline()}`);
    await second.stored();
    network.onTheWay = (message) => {
      const at = message.indexOf('同意');
      if (at < 0) return message;
      network.onTheWay = (later) => later;
      const other = Buffer.from(message);
      other.write('反对', at);
      return other;
    };
    await second.enter('closing');
    await second.paste('同意。');
    await isRepaired('换网之前。换网之后。反对。', '换网之前。换网之后。同意。');
    await author.enter('closing');
    await author.page.keyboard.type('接着写。');
    await author.stored();
    await expect.poll(async () => (await second.texts())['closing']).toBe('换网之前。换网之后。同意。接着写。');
    await second.leave();
  });

  it('when the copy on this machine was changed behind the page’s back', async () => {
    await author.goTo('/');
    await author.page.getByRole('main').waitFor();
    await author.page.evaluate(changeKeptText, ['同意', '篡改'] as const);
    await author.goTo(`/documents/${outline()}`);
    await isRepaired('换网之前。换网之后。篡改。接着写。', '换网之前。换网之后。同意。接着写。');
    expect(author.errors).toEqual([]);
  });
});

/** Runs in the page: replaces words, of the same length, in every text this machine keeps. */
async function changeKeptText([before, after]: readonly [string, string]): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const [from, to] = [before, after].map((words) => [...new TextEncoder().encode(words)]);
  let changes = 0;
  for (const { name } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name ?? ''));
    const store = db.transaction('updates', 'readwrite').objectStore('updates');
    for (const key of await done(store.getAllKeys())) {
      const update: Uint8Array = await done(store.get(key));
      for (let at = 0; at < update.length; at += 1) {
        if (!from?.every((byte, index) => update[at + index] === byte)) continue;
        update.set(to ?? [], at);
        changes += 1;
      }
      await done(store.put(update, key));
    }
    db.close();
  }
  if (changes === 0) throw new Error(`nothing here has ${before}`);
}

it('offers a reload where the code of a page is gone because the system was updated', async () => {
  const { page } = author;
  const pages = '**/assets/meetings-page-*.js';
  await author.goTo('/');
  await page.route(pages, (route) => route.fulfill({ status: 404 }));
  await page.getByRole('navigation').getByRole('link', { name: '会议', exact: true }).click();
  await says('系统可能刚刚更新');
  await page.unroute(pages);
  await page.getByRole('button', { name: '刷新页面' }).click();
  await page
    .getByRole('main')
    .getByRole('link', { name: /民主生活会/ })
    .first()
    .waitFor();
});

it('shows what changed while a page was opening, although its event came before the page could hear', async () => {
  const leader = await office.visit(browser, 'zhangsan');
  const { page } = leader;
  let hear: () => void = () => undefined;
  const deaf = new Promise<void>((resolve) => {
    hear = resolve;
  });
  await page.route('**/api/events', async (route) => {
    await deaf;
    await route.continue();
  });
  const asked = page.waitForResponse('**/api/work');
  await leader.goTo('/review');
  await asked;
  await submitConfirmed(lisi, outline());
  hear();
  await page.getByRole('main').getByText('李四').first().waitFor();
  await leader.leave();
});
