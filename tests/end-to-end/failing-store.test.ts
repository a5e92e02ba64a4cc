/**
 * A store that cannot take anything for a while: another program holds the database, or the file system refuses to write.
 * Health says so, the page says 未入库 and loses nothing, acts are refused whole; when it is over everything is stored.
 */
import { spawnSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { textAnswer } from '../../shared/api/documents.ts';
import { meetingAnswer } from '../../shared/api/meetings.ts';
import { openBrowser, type Visitor } from '../support/browser.ts';
import { DemoOffice } from '../support/demo-office.ts';
import { lockDatabase } from '../support/locked-database.ts';

let browser: Browser;
let office: DemoOffice;
let author: Visitor;

beforeAll(async () => {
  office = await DemoOffice.open({ filled: false });
  browser = await openBrowser();
  author = await office.visit(browser, 'lisi');
  await author.goTo(`/documents/${office.documentOf('lisi')}`);
});

afterAll(async () => {
  await browser?.close();
  expect(await office?.close()).toBe(0);
});

/** What is to be put right again, also when a story fails. */
let release: () => Promise<void> = async () => undefined;
afterEach(() => release());

/** No file may take another byte: as on a full disk the server's every write fails, and what it has open stays readable. */
async function refuseWrites(): Promise<() => Promise<void>> {
  const limit = (bytes: string): void => {
    const { status, stderr } = spawnSync('prlimit', ['--pid', String(office.server.pid), `--fsize=${bytes}:`], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`prlimit: ${stderr}`);
  };
  limit('0');
  return async () => limit('unlimited');
}

async function health(path: '/healthz' | '/readyz'): Promise<number> {
  return (await fetch(office.url + path)).status;
}

async function storedText(): Promise<string> {
  const person = await office.signIn('lisi');
  const answer = await person.ask('GET', `/api/documents/${office.documentOf('lisi')}/text`, textAnswer);
  return answer.sections.map(({ text }) => text).join('\n');
}

const failures = [
  {
    what: 'another program holds the database',
    begin: () => lockDatabase(office.dataDir),
    words: '库被占用时写的字。',
  },
  { what: 'the file system takes nothing', begin: refuseWrites, words: '盘满时写的字。' },
] as const;

// `prlimit` is Linux'; elsewhere the first of them has to do.
describe.each(process.platform === 'linux' ? failures : failures.slice(0, 1))(
  'a store that fails: $what',
  ({ begin, words }) => {
    it('health is red, the page says 未入库, acts are refused whole; afterwards all that was typed is stored', async () => {
      const { page } = author;
      const leader = await office.signIn('zhangsan');
      await author.enter('opening');
      await author.stored();
      const before = await author.texts();
      expect([await health('/healthz'), await health('/readyz')]).toEqual([200, 200]);
      const end = await begin();
      release = async () => {
        release = async () => undefined;
        await end();
      };
      await page.keyboard.type(words);
      await page.getByText('未入库 · 本机已存，正在重试').first().waitFor();
      expect([await health('/healthz'), await health('/readyz')]).toEqual([503, 503]);
      const title = { title: '改不了的标题' };
      const meeting = `/api/meetings/${office.demo.meetingId}`;
      expect(await office.ask(leader, 'PATCH', meeting, { body: title })).toEqual([503, 'storage_unavailable']);
      const signIn = { body: office.account('office') };
      expect(await office.ask(undefined, 'POST', '/api/auth/sign-in/username', signIn)).toEqual([
        503,
        'storage_unavailable',
      ]);
      await page.getByRole('button', { name: '送审', exact: true }).click();
      await page.getByRole('dialog').getByText('正在等全部文字入库').waitFor();
      expect(await page.getByRole('button', { name: '确认送审' }).isEnabled()).toBe(false);
      await page.keyboard.press('Escape');
      await release();
      await author.stored();
      expect([await health('/healthz'), await health('/readyz')]).toEqual([200, 200]);
      expect((await author.texts())['opening']).toBe(before['opening'] + words);
      expect(await storedText()).toContain(words);
      expect((await leader.ask('GET', meeting, meetingAnswer)).meeting.title).not.toBe(title.title);
      expect(author.errors).toEqual([]);
    });
  },
);
