/**
 * What people get wrong in the pages of a running product: each mistake is answered with a sentence, and nothing has
 * changed. What programs get wrong is in `bad-requests.test.ts`, a world that fails underneath in `failing-store.test.ts`, a
 * start that cannot be in `cannot-start.test.ts`.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentAnswer, textAnswer } from '../../shared/api/documents.ts';
import { openBrowser, Visitor } from '../support/browser.ts';
import { DemoOffice } from '../support/demo-office.ts';

let browser: Browser;
let office: DemoOffice;

beforeAll(async () => {
  office = await DemoOffice.open({ filled: true });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  expect(await office?.close()).toBe(0);
});

describe('a wrong password', () => {
  it('is told in a sentence, and after five the account is locked even for the right one, others are not', async () => {
    const visitor = await Visitor.arrive(browser, office.url);
    const { page } = visitor;
    const { password } = office.account('dudao');
    await visitor.goTo('/');
    const enter = async (name: string, word: string): Promise<void> => {
      await page.getByLabel('用户名').fill(name);
      await page.getByLabel('密码').fill(word);
      const answered = page.waitForResponse((response) => response.url().endsWith('/sign-in/username'));
      await page.keyboard.press('Enter');
      await answered;
    };
    for (let time = 1; time <= 5; time += 1) {
      await enter('dudao', `${password}x`);
      await page.getByRole('alert').getByText('用户名或密码不对，请重新输入。').waitFor();
      expect(await page.getByLabel('密码').inputValue()).toBe('');
      expect(await page.getByLabel('用户名').inputValue()).toBe('dudao');
    }
    await enter('dudao', password);
    await page.getByRole('alert').getByText('密码连续输错，账号暂时锁定。请约 10 分钟后再试').waitFor();
    expect((await visitor.context.cookies()).length).toBe(0);
    await enter('qianqi', office.account('qianqi').password);
    await page.getByRole('navigation').getByRole('link', { name: '会议', exact: true }).waitFor();
    await visitor.leave();
  });
});

describe('a session that ends while somebody writes', () => {
  it('asks for the password in place, keeps the words and sends them afterwards', async () => {
    const visitor = await office.visit(browser, 'lisi');
    const { page } = visitor;
    const here = `/documents/${office.documentOf('lisi')}`;
    await visitor.goTo(here);
    await visitor.enter('closing');
    await page.keyboard.type('我写到这里，');
    await visitor.stored();
    // The line breaks, the session ends elsewhere, he writes on; then the line is back.
    await visitor.context.setOffline(true);
    await page.keyboard.type('登录就过期了。');
    await page.getByText('连接中断 · 本机已存').first().waitFor();
    const cookie = (await visitor.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    expect(await office.ask(undefined, 'POST', '/api/auth/sign-out', { headers: { cookie } })).toEqual([200, 'ok']);
    await visitor.context.setOffline(false);
    const dialog = page.getByRole('dialog', { name: '登录已过期' });
    await dialog.getByText('这一页和您写的文字都还在').waitFor();
    expect(new URL(page.url()).pathname).toBe(here);
    const kept = await visitor.texts();
    expect(kept['closing']).toContain('我写到这里，登录就过期了。');
    expect(await storedText('lisi')).not.toContain('登录就过期了');
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    await dialog.getByText('用户名或密码不对').waitFor();
    await page.keyboard.type(office.account('lisi').password);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await visitor.stored();
    expect(await visitor.texts()).toEqual(kept);
    expect(await storedText('lisi')).toContain('我写到这里，登录就过期了。');
    expect(visitor.errors).toEqual([]);
    await visitor.leave();
  });
});

async function storedText(owner: string): Promise<string> {
  const person = await office.signIn(owner);
  const path = `/api/documents/${office.documentOf(owner)}/text`;
  const { sections } = await person.ask('GET', path, textAnswer);
  return sections.map(({ text }) => text).join('\n');
}

describe('an address that is not for the reader', () => {
  it('says so courteously, offers no second try, and shows nothing of the text', async () => {
    const visitor = await office.visit(browser, 'zhaoliu');
    const { page } = visitor;
    const nothing = '0'.repeat(26);
    for (const [path, words] of [
      [`/documents/${office.documentOf('lisi')}`, '您不能阅读这份材料'],
      [`/documents/doc_${nothing}`, '没有找到这份材料'],
      ['/documents/elsewhere', '没有找到这份材料'],
      [`/meetings/meet_${nothing}`, '没有找到这次会议'],
    ] as const) {
      await visitor.goTo(path);
      await page.getByText(words).waitFor();
      expect(await page.getByRole('button', { name: '再试一次' }).count(), path).toBe(0);
      expect(await page.locator('.ProseMirror').count(), path).toBe(0);
    }
    expect(visitor.errors).toEqual([]);
    await visitor.leave();
  });
});

describe('an act that comes too late', () => {
  it('is told in the page when somebody was quicker', async () => {
    const visitor = await office.visit(browser, 'zhangsan');
    const { page } = visitor;
    const leader = await office.signIn('zhangsan');
    const path = `/api/documents/${office.documentOf('zhaoliu')}`;
    await visitor.goTo(`/documents/${office.documentOf('zhaoliu')}`);
    await page.getByRole('button', { name: '退回', exact: true }).click();
    await page.getByRole('radio', { name: '剖析不深不透' }).check();
    await page.getByLabel('具体意见').fill('第四方面请往深里挖。');
    const { currentVersion } = await leader.ask('GET', path, documentAnswer);
    // The same person decides at another machine while this answer is on its way.
    await page.route('**/return', async (route) => {
      await leader.act('POST', `${path}/approve`, { versionId: currentVersion?.id });
      await route.continue();
    });
    await page.getByRole('dialog').getByRole('button', { name: '退回', exact: true }).click();
    // The decision waits ten seconds before it is sent.
    const told = page.getByRole('alert').filter({ hasText: '材料的退回没有生效' });
    await told.getByText('这份材料已不在审阅中').waitFor();
    await told.getByText('您写的意见还在退回对话框里').waitFor();
    await page.getByText('已审定').first().waitFor();
    expect((await leader.ask('GET', path, documentAnswer)).lifecycle.state).toBe('approved');
    expect(visitor.errors).toEqual([]);
    await visitor.leave();
  });
});

describe('what a text cannot take', () => {
  it('is not pasted, and the page says why: pictures, files, more words than anybody writes', async () => {
    const visitor = await office.visit(browser, 'lisi');
    const { page } = visitor;
    await visitor.goTo(`/documents/${office.documentOf('lisi')}`);
    await visitor.enter('closing');
    await visitor.stored();
    const before = await visitor.texts();
    await office.changesNothing(async () => {
      await page.evaluate(copyPicture);
      await page.keyboard.press('Control+V');
      await page.getByText('材料里不能放图片，没有粘贴。').waitFor();
      await visitor.section('closing').evaluate(pasteFile, '发言提纲.docx');
      await page.getByText('不能直接粘贴文件“发言提纲.docx”。请打开文件，复制其中的文字再粘贴。').waitFor();
      await visitor.paste('长'.repeat(100_001));
      await page.getByText('要粘贴的文字有 100001 字，太长了，没有粘贴。').waitFor();
      expect(await visitor.texts()).toEqual(before);
    });
    expect(visitor.errors).toEqual([]);
    await visitor.leave();
  });
});

/** Runs in the page: a picture as a screenshot program puts it on the clipboard. */
async function copyPicture(): Promise<void> {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (picture === null) throw new Error('no picture');
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
}

/** Runs in the page: pages cannot put a file on the clipboard, so the event comes as the browser makes it from one. */
function pasteFile(editor: HTMLElement | SVGElement, name: string): void {
  const clipboardData = new DataTransfer();
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  clipboardData.items.add(new File([new Uint8Array([0x50, 0x4b, 3, 4])], name, { type }));
  editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}
