/**
 * Likeness at real browsers: an author is told of his own words and nothing of the colleague's; the office loads a notice;
 * the leader sees both texts side by side.
 */
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeText } from '../../server/demo/write-text.ts';
import { likenessAnswer } from '../../shared/api/likeness.ts';
import { documentId } from '../../shared/ids.ts';
import { openBrowser, Visitor } from '../support/browser.ts';
import { type Product, startProduct } from '../support/running-product.ts';
import { submitConfirmed } from '../support/submit.ts';

const copied = '我对城北管网二标段的回填质量过问不够，监理提了两次我都没有到现场去看';
const secret = '返修花掉的二十六万元是我签的字';
const notice = '各级领导干部要深入基层开展调查研究，当面听取群众意见建议，逐项对照查找差距不足';

let browser: Browser;
let product: Product;
const visitors: Visitor[] = [];

beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  await write('lisi', `${secret}。${copied}，路面沉降。`);
  await write('wangwu', `这一年来，${copied}，对此我负有责任。`, `通知要求，${notice}，我做得不够。`);
  await submitConfirmed(await product.signIn('lisi'), product.documentOf('lisi'));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

async function write(username: string, ...paragraphs: string[]): Promise<void> {
  const blocks = paragraphs.map((text) => ({ kind: 'item', runs: [{ text, strong: false }] }) as const);
  const id = documentId.parse(product.documentOf(username));
  await writeText(await product.signIn(username), id, [{ key: 'problems.a2', blocks }]);
}

async function visit(username: string, viewport?: { width: number; height: number }): Promise<Visitor> {
  const account = product.demo.accounts.find((candidate) => candidate.username === username);
  if (account === undefined) throw new Error(`nobody is called ${username}`);
  const visitor = await Visitor.arrive(browser, product.url, viewport);
  await visitor.signIn(account);
  visitors.push(visitor);
  return visitor;
}

/** With PICTURES=<folder> every step leaves a picture, to be looked at. */
async function picture({ page }: Visitor, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
}

describe.sequential('likeness', { timeout: 60_000 }, () => {
  it('tells the author of his own words, and nothing of whose they resemble', async () => {
    const author = await visit('wangwu');
    await author.goTo(`/documents/${product.documentOf('wangwu')}`);
    const { page } = author;
    const tab = page.getByRole('tab', { name: /^相近/ });
    await expect.poll(() => tab.textContent()).toBe('相近 1');
    await tab.click();
    const passage = page.locator('.passage');
    await passage.waitFor();
    expect(await passage.locator('.passage-kinds').textContent()).toBe('与另一份材料相近');
    expect(await passage.locator('.passage-quote').textContent()).toBe(`这一年来，${copied}，对此我负有责任。`);
    await passage.locator('.passage-quote').click();
    const lit = page.locator('.ProseMirror .asked');
    await expect.poll(async () => (await lit.allTextContents()).join('')).toContain(copied);
    await picture(author, 'author');
    const seen = await page.content();
    for (const word of [secret, '路面沉降', '李四']) expect(seen.includes(word), word).toBe(false);
    await page.getByRole('tab', { name: '批注' }).click();
    await expect.poll(() => lit.count()).toBe(0);
  });

  it('lets the office load a notice from the meeting’s page, which others may read', async () => {
    const office = await visit('office');
    const { page } = office;
    await office.goTo(`/meetings/${product.demo.meetingId}`);
    await page.getByRole('tab', { name: '参考资料' }).click();
    await page.getByText('还没有参考资料').waitFor();
    await picture(office, 'library-empty');
    await page.getByRole('button', { name: '添加资料' }).click();
    const file = page.locator('input[type=file]');
    const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    await file.setInputFiles({ name: '旧通知.doc', mimeType, buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]) });
    await page.getByText('请另存为不设密码的 DOCX').waitFor();
    const paragraphs = ['一、总体要求', `${notice}。`].map((text) => new Paragraph(text));
    const buffer = await Packer.toBuffer(new Document({ sections: [{ children: paragraphs }] }));
    await file.setInputFiles({ name: '关于开好民主生活会的通知.docx', mimeType, buffer });
    await expect.poll(() => page.getByLabel('标题').inputValue()).toBe('关于开好民主生活会的通知');
    await picture(office, 'library-add');
    await page.getByRole('button', { name: /^保\s?存$/ }).click();
    const title = page.getByRole('button', { name: '关于开好民主生活会的通知', exact: true });
    await title.waitFor();
    await picture(office, 'library');
    const member = await visit('wangwu', { width: 1024, height: 768 });
    await member.goTo(`/meetings/${product.demo.meetingId}/library`);
    await member.page.getByRole('button', { name: '关于开好民主生活会的通知', exact: true }).click();
    await member.page.getByText(notice).waitFor();
    expect(await member.page.getByRole('button', { name: '添加资料' }).count()).toBe(0);
    await picture(member, 'library-read-1024');
  });

  it('shows the reviewer both texts, side by side', async () => {
    await submitConfirmed(await product.signIn('wangwu'), product.documentOf('wangwu'));
    const leader = await visit('zhangsan');
    const { page } = leader;
    await leader.goTo(`/documents/${product.documentOf('wangwu')}`);
    await page.getByRole('tab', { name: /^相近/ }).click();
    const [person, library] = [page.locator('.passage').first(), page.locator('.passage').nth(1)];
    await expect.poll(() => person.locator('.passage-quote').textContent()).toBe(copied);
    expect(await person.locator('.passage-title').textContent()).toBe('个人发言提纲（李四）');
    await expect.poll(() => library.locator('.passage-title').textContent()).toBe('关于开好民主生活会的通知');
    await picture(leader, 'reviewer');
    await person.getByRole('button', { name: '并排查看' }).click();
    const pair = page.getByRole('dialog');
    await pair.getByText(secret).waitFor();
    expect(await pair.locator('mark').allTextContents()).toEqual([copied, copied]);
    await picture(leader, 'pair');
    await page.keyboard.press('Escape');
    const small = await visit('zhangsan', { width: 1024, height: 768 });
    await small.goTo(`/documents/${product.documentOf('wangwu')}`);
    await small.page.getByRole('button', { name: '审阅栏', exact: true }).click();
    await small.page.getByRole('tab', { name: /^相近/ }).click();
    await small.page.locator('.passage').first().waitFor();
    await picture(small, 'reviewer-1024');
    await small.page.getByRole('button', { name: 'English' }).first().click();
    await picture(small, 'english-1024');
  });

  it('gave the author no word of the other in any answer, and left no error in any page', async () => {
    const author = await product.signIn('wangwu');
    const answer = await author.ask('GET', `/api/documents/${product.documentOf('wangwu')}/likeness`, likenessAnswer);
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(visitors.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
