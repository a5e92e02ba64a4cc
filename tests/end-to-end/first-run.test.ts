/**
 * Monday morning in an office: an empty data directory, the one-time code, the first administrator, accounts from a pasted
 * table, a first password, a meeting from a template with an aspect renamed; then a second start that goes on with the data.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, Visitor } from '../support/browser.ts';
import { freePort, ServerProcess, temporaryDataDir } from '../support/server-process.ts';

const adminPassword = 'guanli-2022-01';
const officePassword = 'bangongshi-2022';
const table = [
  'bangongshi\t局办公室\t\t\t办公室',
  'zhangsan\t张三\t党组书记、局长\t\t主要负责同志',
  'lisi\t李四\t党组成员、副局长\t\t班子成员',
].join('\n');

let browser: Browser;
let server: ServerProcess;
let port: number;
let admin: Visitor;
let office: Visitor;
const dataDir = temporaryDataDir();

beforeAll(async () => {
  port = await freePort();
  server = await ServerProcess.start({ dataDir: dataDir.path, port });
  browser = await openBrowser();
  admin = await Visitor.arrive(browser, server.url);
  office = await Visitor.arrive(browser, server.url);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  dataDir.remove();
});

describe.sequential('the first run', { timeout: 60_000 }, () => {
  it('has no account and lets nobody in without the code from the console', async () => {
    const { page } = admin;
    expect(server.setupCode).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$/);
    const guess = { username: 'admin', password: 'admin' };
    const answer = await fetch(`${server.url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(guess),
    });
    expect(answer.status).toBe(401);
    await admin.goTo('/');
    await page.getByRole('heading', { name: '启用本系统' }).waitFor();
    await page.getByLabel('一次性验证码').fill('AAAA-AAAA-AAAA');
    await page.getByLabel('单位名称').fill('XX市XX局');
    await page.getByLabel('姓名').fill('系统管理员');
    await page.getByLabel('用户名').fill('guanliyuan');
    await page
      .getByLabel('密码', { exact: true })
      .or(page.getByLabel('新密码', { exact: true }))
      .first()
      .fill(adminPassword);
    await page.getByLabel('再输一次新密码').fill(adminPassword);
    await page.getByRole('button', { name: '完成，开始使用' }).click();
    await page.getByRole('alert').getByText('验证码').waitFor();
  });

  it('takes the code once, and signs the first administrator in', async () => {
    const { page } = admin;
    await page.getByLabel('一次性验证码').fill(server.setupCode ?? '');
    await page.getByRole('button', { name: '完成，开始使用' }).click();
    await page.getByRole('navigation').getByRole('link', { name: '账号' }).waitFor();
    const again = await fetch(`${server.url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        code: server.setupCode,
        unitName: '别的单位',
        administrator: { username: 'mallory', name: '某人', password: adminPassword },
      }),
    });
    expect(again.status).toBe(409);
  });

  it('makes accounts from a pasted table and shows their first passwords once', async () => {
    const { page } = admin;
    await page.getByRole('navigation').getByRole('link', { name: '账号' }).click();
    await page.getByRole('button', { name: '粘贴名单' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(table);
    await page.getByRole('button', { name: '建立 3 个账号' }).click();
    const row = page.getByRole('row').filter({ hasText: '局办公室', has: page.locator('.initial-password') });
    initialPassword = await row.locator('.initial-password').innerText();
    expect(initialPassword.length).toBeGreaterThanOrEqual(10);
    await page.getByRole('button', { name: '已记下，关闭' }).click();
  });

  it('asks for a password of one’s own at the first sign-in', async () => {
    const { page } = office;
    await office.goTo('/');
    await page.getByLabel('用户名').fill('bangongshi');
    await page.getByLabel('密码').fill(initialPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '请先设定您自己的密码' }).waitFor();
    await page.getByLabel('初始密码', { exact: true }).fill(initialPassword);
    await page.getByLabel('新密码', { exact: true }).fill(officePassword);
    await page.getByLabel('再输一次新密码').fill(officePassword);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').getByRole('link', { name: '会议', exact: true }).waitFor();
  });

  it('makes a meeting from a template, with an outline for everybody who writes one', async () => {
    const { page } = office;
    await office.goTo('/meetings/new');
    await page.getByRole('radio', { name: /2021/ }).check();
    expect(await page.getByLabel('会议名称').inputValue()).toContain('党史学习教育专题民主生活会');
    await page.getByRole('button', { name: '召集会议' }).click();
    await page.getByRole('tab', { name: '办理情况' }).waitFor();
    for (const name of ['领导班子', '张三', '李四'])
      await page.getByRole('row').filter({ hasText: name }).first().waitFor();
    await page.getByText('召开日期待定').first().waitFor();
  });

  it('renames an aspect before the first submission', async () => {
    const { page } = office;
    await page.getByRole('tab', { name: '方面' }).click();
    const title = page.getByLabel('标题（印在材料里）').first();
    await title.fill('带头深刻感悟“两个确立”决定性意义方面');
    await page.getByRole('button', { name: '保存' }).click();
    await expect
      .poll(async () => {
        await page.reload();
        await page.getByRole('tab', { name: '方面' }).click();
        return page.getByLabel('标题（印在材料里）').first().inputValue();
      })
      .toBe('带头深刻感悟“两个确立”决定性意义方面');
  });

  it('goes on with the data after a second start, without another code', async () => {
    const { page } = office;
    expect(await server.stop()).toBe(0);
    server = await ServerProcess.start({ dataDir: dataDir.path, port });
    expect(server.setupCode).toBeUndefined();
    await page.reload();
    await page.getByRole('tab', { name: '办理情况' }).click();
    await page.getByRole('row').filter({ hasText: '李四' }).first().waitFor();
  });

  it('left no error in any page', () => {
    expect([...admin.errors, ...office.errors]).toEqual([]);
  });
});

let initialPassword = '';
