/**
 * The main job on real input: a member writes and submits, the leader remarks and returns, the member answers and
 * resubmits, the leader sees what changed and approves, the office exports and files. Every state shows on every screen
 * without a reload; who may not read gets neither the page nor the data.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Person } from '../../server/demo/person.ts';
import { type Demo, seed } from '../../server/demo/seed.ts';
import { documentAnswer, textAnswer } from '../../shared/api/documents.ts';
import { openBrowser, Visitor } from '../support/browser.ts';
import { docxParagraphs, docxParts } from '../support/docx-parts.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { freePort, ServerProcess, temporaryDataDir } from '../support/server-process.ts';

const sample = readFileSync(join(import.meta.dirname, '../../server/demo/texts/outline-lisi-2021.md'), 'utf8');

let browser: Browser;
let server: ServerProcess;
let demo: Demo;
let leader: Visitor;
let author: Visitor;
let office: Visitor;
let outline: string;
const dataDir = temporaryDataDir();

beforeAll(async () => {
  server = await ServerProcess.start({ dataDir: dataDir.path, port: await freePort() });
  demo = await seed(server.url, server.setupCode ?? '', true);
  browser = await openBrowser();
  outline = demo.documents.find(({ owner }) => owner === 'lisi')?.id ?? '';
  author = await visit('lisi');
  leader = await visit('zhangsan');
  office = await visit('office');
  await office.goTo(`/meetings/${demo.meetingId}`);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  expect(await server?.stop()).toBe(0);
  dataDir.remove();
});

/** With PICTURES=<folder> every step leaves a picture of each page, to be looked at. */
const pictures = process.env['PICTURES'];
let step = 0;
afterEach(async () => {
  if (pictures === undefined) return;
  step += 1;
  for (const [name, visitor] of Object.entries({ author, leader, office })) {
    await visitor.page.screenshot({ path: join(pictures, `${String(step).padStart(2, '0')}-${name}.png`) });
  }
});

function account(username: string) {
  const found = demo.accounts.find((candidate) => candidate.username === username);
  if (found === undefined) throw new Error(`nobody is called ${username}`);
  return found;
}

async function visit(username: string): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, server.url);
  await visitor.signIn(account(username));
  return visitor;
}

async function signIn(username: string): Promise<Person> {
  return Person.signIn(server.url, username, account(username).password);
}

/** The row of 李四 on the office's board. */
const boardRow = () => office.page.getByRole('row').filter({ hasText: '李四' });

async function boardShows(words: string): Promise<void> {
  await boardRow().getByText(words).first().waitFor();
}

const lettersOf = (text: string) => text.replace(/^\ufeff/, '').replace(/\s/gu, '');

describe.sequential('the main job', { timeout: 90_000 }, () => {
  it('lets a member type his opening and paste the rest, dealt out to its sections', async () => {
    const { page } = author;
    await author.goTo(`/documents/${outline}`);
    const [front = '', ...rest] = sample.split(/(?=^一、)/m);
    const opening = front.trim().split('\n').at(-1) ?? '';
    await author.enter('opening');
    await page.keyboard.type(opening);
    await author.enter('problems.a1');
    await author.paste(rest.join(''));
    await page.getByRole('button', { name: '分放到各部分' }).click();
    await author.stored();
    const texts = await author.texts();
    expect(texts['opening']).toBe(opening);
    expect(texts['problems.a5']).toContain('工程科副科长周九违规接受施工单位宴请');
    expect(texts['measures']).toContain('2022年5月底前完成老城区28公里地下管线普查');
    await boardShows('起草中');
  });

  it('keeps the text through a reload', async () => {
    const before = await author.texts();
    await author.page.reload();
    await author.section('closing').getByText('请同志们批评帮助').waitFor();
    expect(await author.texts()).toEqual(before);
  });

  it('shows nobody a draft: leader, other members, office and administrator get neither page nor data', async () => {
    for (const username of ['zhangsan', 'wangwu', 'office', 'dudao', 'admin']) await seesNothing(username);
  });

  it('freezes the text when it is submitted, and tells leader and board without a reload', async () => {
    await leader.goTo('/review');
    await author.page.getByRole('button', { name: '送审', exact: true }).click();
    await author.page.getByRole('button', { name: /确认送审|仍然送审/ }).click();
    await author.page.getByText('审阅期间文字不能修改').first().waitFor();
    expect(await author.section('opening').getAttribute('contenteditable')).toBe('false');
    await boardShows('审阅中');
    await leader.page.getByText('李四').first().waitFor();
  });

  it('lets the leader remark on two passages and return with a reason', async () => {
    const { page } = leader;
    await leader.goTo(`/documents/${outline}`);
    await leader.section('closing').getByText('请同志们批评帮助').waitFor();
    await remark('网络学习我有6次边开着视频边批文件', '写得实在，请再写清是哪几次学习。');
    await remark('先答应拨付60%，被张三同志制止', '请写明思想根源。');
    await page.getByText('共 2 条，2 条未处理').waitFor();
    await page.getByRole('button', { name: '退回', exact: true }).click();
    await page.getByRole('radio', { name: '剖析不深不透' }).check();
    await page.getByLabel('具体意见').fill('第四方面请往深里挖。');
    await page.getByRole('dialog').getByRole('button', { name: '退回', exact: true }).click();
    await page.getByText('已退回').first().waitFor();
    await boardShows('已退回');
  });

  it('shows the author reason and remarks live, and takes his answers', async () => {
    const { page } = author;
    await page.getByText('第四方面请往深里挖').first().waitFor();
    const cards = page.locator('[data-remark]');
    await expect.poll(() => cards.count()).toBe(2);
    const first = cards.filter({ hasText: '写得实在' });
    await first.getByRole('button', { name: '采纳', exact: true }).click();
    const second = cards.filter({ hasText: '思想根源' });
    await second.getByRole('button', { name: '回复', exact: true }).click();
    await page.getByLabel('写下回复').fill('已在原因分析中写明，怕影响工期。');
    await second.getByRole('button', { name: '回复', exact: true }).click();
    await second.getByText('怕影响工期').waitFor();
    await second.getByRole('button', { name: '说明', exact: true }).click();
    await second.getByRole('textbox').fill('根源写在第三部分。');
    await second.getByRole('button', { name: /记下/ }).click();
    await second.getByText('根源写在第三部分').waitFor();
  });

  it('lets the author revise what was returned and resubmit', async () => {
    const { page } = author;
    await author.section('problems.a1').getByText('边开着视频边批文件').waitFor();
    await author.select('党史知识测试82分');
    await page.keyboard.type('其中3次是党史专题，党史知识测试82分');
    await author.stored();
    await author.enter('causes');
    await page.keyboard.type('六是我怕得罪人，把工期看得比原则还重。');
    await author.stored();
    await page.getByRole('button', { name: '送审', exact: true }).click();
    await page.getByRole('button', { name: /确认送审|仍然送审/ }).click();
    await page.getByText('审阅期间文字不能修改').first().waitFor();
    await boardShows('第 2 轮');
  });

  it('shows the leader what changed since his last reading, and lets him approve', async () => {
    const { page } = leader;
    await leader.goTo(`/documents/${outline}`);
    await page
      .getByText(/改动 2 处/)
      .first()
      .waitFor();
    const added = page.locator('ins');
    await expect.poll(async () => (await added.allTextContents()).join('')).toContain('其中3次是党史专题');
    expect((await added.allTextContents()).join('')).toContain('六是我怕得罪人');
    const versionId = `ver_${'0'.repeat(26)}`;
    const stale = (await signIn('zhangsan')).act('POST', `/api/documents/${outline}/approve`, { versionId });
    await expect(stale).rejects.toThrow('409 stale_version');
    await page.getByRole('button', { name: '审定', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '审定', exact: true }).click();
    await page.getByText('已审定').first().waitFor();
    await author.page.getByText('已审定').first().waitFor();
    await boardShows('已审定');
  });

  it('lets the office export what was approved, character by character, and file it', async () => {
    const { page } = office;
    await boardRow()
      .getByRole('link', { name: '查看' })
      .or(boardRow().getByRole('button', { name: '查看' }))
      .first()
      .click();
    await page.getByText('已审定').first().waitFor();
    const expected = lettersOf(await approvedText());
    await page.getByRole('button', { name: '导出', exact: true }).click();
    const file = (name: string) => () => page.getByRole('button', { name }).click();
    const txt = await office.download(file('纯文本（TXT）'));
    expect(lettersOf(new TextDecoder().decode(txt))).toBe(expected);
    const docx = await office.download(file('Word 文档（DOCX）'));
    expect(lettersOf(docxParagraphs(docxParts(docx)).join(''))).toBe(expected);
    const pdf = await office.download(file('PDF'));
    expect(lettersOf(pdfText(pdf))).toBe(expected);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '报备', exact: true }).click();
    await page.getByLabel('文号或编号').fill('X局党组〔2022〕3号');
    await page.getByRole('dialog').getByRole('button', { name: '报备', exact: true }).click();
    await page.getByText('已报备').first().waitFor();
    await author.page.getByText('已报备').first().waitFor();
  });

  it('still shows the text to nobody else: not over REST, not through the socket', async () => {
    await seesNothing('wangwu');
    await seesNothing('admin');
  });

  it('forgets the text on the author’s machine when he signs out', async () => {
    const { page } = author;
    const kept = () =>
      page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').filter((n) => n !== ''));
    expect((await kept()).some((name) => name.includes(outline))).toBe(true);
    await page.getByRole('button', { name: '李四' }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.getByLabel('用户名').waitFor();
    await expect.poll(kept).toEqual([]);
  });

  it('left no error in any page', () => {
    expect([...author.errors, ...leader.errors, ...office.errors]).toEqual([]);
  });
});

async function remark(quote: string, words: string): Promise<void> {
  const { page } = leader;
  await leader.select(quote);
  await page.locator('.remark-affordance').waitFor();
  await page.keyboard.press('Alt+M');
  await page.getByRole('textbox', { name: '新批注' }).fill(words);
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-remark]').filter({ hasText: words }).waitFor();
}

/** The approved text as the server has it: title lines, headings, blocks with their numbers. */
async function approvedText(): Promise<string> {
  const person = await signIn('office');
  const { currentVersion } = await person.ask('GET', `/api/documents/${outline}`, documentAnswer);
  const path = `/api/documents/${outline}/text?version=${currentVersion?.number}`;
  const { title, byline, dateLine, sections } = await person.ask('GET', path, textAnswer);
  return [title, byline, dateLine, ...sections.flatMap(({ heading, text }) => [heading, text])].join('\n');
}

/** The print of a PDF without its page numbers. */
function pdfText(pdf: Uint8Array): string {
  return pdfPages(pdf)
    .flatMap(({ lines }) => lines.map(({ text }) => text))
    .filter((line) => !/^—\s*\d+\s*—$/.test(line))
    .join('');
}

const protectedPaths = ['', '/text', '/versions', '/remarks', '/readiness', '/export?as=draft&format=txt'];

async function seesNothing(username: string): Promise<void> {
  const person = await signIn(username);
  for (const path of protectedPaths) {
    const response = await fetch(`${server.url}/api/documents/${outline}${path}`, {
      headers: { cookie: person.cookie },
    });
    const body = await response.text();
    expect([403, 404], `${username} ${path}`).toContain(response.status);
    expect(body).not.toContain('局党组安排');
    expect(body).not.toContain('提纲');
  }
  expect(await socketCode(person.cookie), username).toBe(4403);
  const visitor = await visit(username);
  await visitor.goTo(`/documents/${outline}`);
  await visitor.page
    .getByText(/没有找到这份材料|您不能阅读这份材料/)
    .first()
    .waitFor();
  expect(await visitor.page.content()).not.toContain('局党组安排');
  await visitor.leave();
}

function socketCode(cookie: string): Promise<number> {
  const address = `${server.url.replace('http', 'ws')}/sync/${outline}?schema=1`;
  const socket = new WebSocket(address, { headers: { cookie, origin: server.url } });
  return new Promise((resolve, reject) => {
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}
