/**
 * Two drafters and the leader write the team material at once, one of them offline for a while; the server is killed while
 * they type and started again on its data. All three end with the same text, and nothing that was acknowledged is missing.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../../server/demo/person.ts';
import { type Demo, seed } from '../../server/demo/seed.ts';
import { textAnswer } from '../../shared/api/documents.ts';
import { openBrowser, Visitor } from '../support/browser.ts';
import { freePort, ServerProcess, temporaryDataDir } from '../support/server-process.ts';

let browser: Browser;
let server: ServerProcess;
let demo: Demo;
let port: number;
let material: string;
let writers: readonly [Visitor, Visitor, Visitor];
const dataDir = temporaryDataDir();

beforeAll(async () => {
  port = await freePort();
  server = await ServerProcess.start({ dataDir: dataDir.path, port });
  demo = await seed(server.url, server.setupCode ?? '', true);
  material = demo.documents.find(({ kind }) => kind === 'team')?.id ?? '';
  browser = await openBrowser();
  writers = [await visit('zhangsan'), await visit('wangwu'), await visit('zhaoliu')];
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  dataDir.remove();
});

function account(username: string) {
  const found = demo.accounts.find((candidate) => candidate.username === username);
  if (found === undefined) throw new Error(`nobody is called ${username}`);
  return found;
}

async function visit(username: string): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, server.url);
  await visitor.signIn(account(username));
  await visitor.goTo(`/documents/${material}`);
  await visitor.section('opening').waitFor();
  await visitor.stored();
  return visitor;
}

/** What the server has, section by section. */
async function storedText(): Promise<string> {
  const leader = await Person.signIn(server.url, 'zhangsan', account('zhangsan').password);
  const { sections } = await leader.ask('GET', `/api/documents/${material}/text`, textAnswer);
  return sections
    .map(({ blocks }) => blocks.map(({ runs }) => runs.map(({ text }) => text).join('')).join('\n'))
    .join('\n');
}

/** Everybody's page shows the same, and the words of `parts` are all there. */
async function allAgree(parts: readonly string[]): Promise<void> {
  const seen = async () => Promise.all(writers.map(async (writer) => JSON.stringify(await writer.texts())));
  await expect
    .poll(
      async () => {
        const [first = '', ...rest] = await seen();
        return rest.every((text) => text === first) && parts.every((part) => first.includes(part));
      },
      { timeout: 40_000 },
    )
    .toBe(true);
}

const [firstWords, secondWords, thirdWords] = [
  '会前，局党组集中学习研讨1天半，收到意见建议41条。',
  '专题学习与业务结合不紧，研讨发言联系供热改革的只有3人次。',
  '智慧管网平台原定2021年6月上线，推迟到11月。',
];

describe.sequential('the team material', { timeout: 90_000 }, () => {
  it('takes what three people write at once, each seeing the others', async () => {
    const [leader, second, third] = writers;
    await leader.enter('opening');
    await second.enter('problems.a1');
    await third.enter('problems.a1');
    await Promise.all([
      leader.page.keyboard.type(firstWords, { delay: 15 }),
      second.page.keyboard.type(secondWords, { delay: 15 }),
      third.page.keyboard.type(thirdWords, { delay: 15 }),
    ]);
    for (const writer of writers) await writer.stored();
    await expect.poll(async () => [...(await storedText())].length).toBeGreaterThan(70);
    await allAgree([firstWords]);
    await leader.page.getByText('王五').first().waitFor();
    await leader.page.getByText('赵六').first().waitFor();
  });

  it('keeps what one of them writes offline, through a reload, and merges it when he returns', async () => {
    const [leader, second] = writers;
    await second.context.setOffline(true);
    await second.page.getByText('连接中断').first().waitFor();
    await second.enter('causes');
    await second.page.keyboard.type('一是理论武装不够扎实。');
    await second.page.getByText('本机已存').first().waitFor();
    await leader.enter('measures');
    await leader.page.keyboard.type('把学习成果转化为工作举措。');
    await leader.stored();
    expect(await storedText()).not.toContain('理论武装');
    const warned = new Promise<string>((resolve) => {
      second.page.once('dialog', (dialog) => {
        resolve(dialog.type());
        void dialog.accept();
      });
    });
    await second.page.goto('about:blank');
    expect(await warned).toBe('beforeunload');
    await second.context.setOffline(false);
    await second.goTo(`/documents/${material}`);
    await allAgree(['一是理论武装不够扎实。', '把学习成果转化为工作举措。']);
    await second.stored();
    expect(await storedText()).toContain('一是理论武装不够扎实。');
  });

  it('loses nothing acknowledged when the server is killed while they type', async () => {
    const [leader, second, third] = writers;
    await leader.enter('opening');
    await second.enter('causes');
    await third.enter('measures');
    const typing = Promise.all([
      leader.page.keyboard.type('对照检查如下，请同志们批评指正。'.repeat(3), { delay: 25 }),
      second.page.keyboard.type('二是宗旨意识有所淡化。'.repeat(4), { delay: 25 }),
      third.page.keyboard.type('责任人：张三，2022年3月底前落实。'.repeat(3), { delay: 25 }),
    ]);
    await expect.poll(async () => await storedText()).toContain('对照检查如下');
    const acknowledged = await storedText();
    await server.kill();
    await typing;
    for (const writer of writers) await writer.page.getByText('连接中断').first().waitFor();
    server = await ServerProcess.start({ dataDir: dataDir.path, port });
    const afterwards = await storedText();
    for (const line of acknowledged.split('\n')) expect(afterwards).toContain(line);
    await allAgree(['二是宗旨意识有所淡化。'.repeat(4), '责任人：张三，2022年3月底前落实。'.repeat(3)]);
    for (const writer of writers) await writer.stored();
    const stored = await storedText();
    expect(stored).toContain('对照检查如下，请同志们批评指正。'.repeat(3));
    const shown = Object.values(await leader.texts())
      .filter((text) => text !== '')
      .join('\n');
    expect(
      stored
        .split('\n')
        .filter((line) => line !== '')
        .join('\n'),
    ).toBe(shown);
  });

  it('left no error in any page', () => {
    expect(writers.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
