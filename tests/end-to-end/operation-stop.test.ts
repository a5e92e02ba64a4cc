/**
 * An orderly end of the real process: what was acknowledged is there afterwards, everybody is sent away with 1012, exit code 0
 * within ten seconds whatever callers do, and 1 with a sentence when something could not be saved.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textAnswer } from '../../shared/api/documents.ts';
import { DemoOffice } from '../support/demo-office.ts';
import { lockDatabase } from '../support/locked-database.ts';
import { ServerProcess } from '../support/server-process.ts';
import { WriterSocket } from '../support/writer-socket.ts';

const longestEndMs = 10_000;

let office: DemoOffice;
let cleanUp: (() => Promise<unknown>)[];
beforeEach(async () => {
  office = await DemoOffice.open({ filled: false });
  cleanUp = [];
});
afterEach(async () => {
  for (const work of cleanUp.reverse()) await work();
  await office.close();
});

/** How it ended, and how long after the signal that is sent now. */
async function end(): Promise<{ readonly code: number | null; readonly ms: number }> {
  const started = performance.now();
  return { code: await office.server.stop(), ms: performance.now() - started };
}

/** Bytes on a connection of its own, and silence from then on. */
async function sayOnly(bytes: string): Promise<Socket> {
  const { hostname, port } = new URL(office.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  cleanUp.push(async () => socket.destroy());
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

/** What `/metrics` says. */
async function numbers(): Promise<ReadonlyMap<string, number>> {
  const lines = (await (await fetch(`${office.url}/metrics`)).text()).split('\n');
  const pairs = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' '));
  return new Map(pairs.map(([name = '', value]) => [name, Number(value)]));
}

/** What is in the database, read by a second process on the same data. */
async function storedText(): Promise<string> {
  const { port } = new URL(office.url);
  const again = await ServerProcess.start({ dataDir: office.dataDir, port: Number(port) });
  try {
    const person = await office.signIn('lisi');
    const answer = await person.ask('GET', `/api/documents/${office.documentOf('lisi')}/text`, textAnswer);
    return answer.sections.map(({ text }) => text).join('\n');
  } finally {
    expect(await again.stop()).toBe(0);
  }
}

describe('an orderly end', () => {
  it('takes nothing new, lets requests finish, keeps every acknowledged letter and sends everybody away', async () => {
    const author = await office.signIn('lisi');
    const writer = await WriterSocket.open(author, office.documentOf('lisi'));
    const typing = setInterval(() => writer.type('字'), 2);
    cleanUp.push(async () => clearInterval(typing));
    const events = await fetch(`${office.url}/api/events`, { headers: { cookie: author.cookie } });
    const streamEnds = events.text();
    // A caller who takes part and never answers, one who never ends his head, one who never sends his body.
    const mute = await sayOnly(
      `GET /sync/${office.documentOf('lisi')}?schema=1 HTTP/1.1\r\nHost: ${new URL(office.url).host}\r\n` +
        `Cookie: ${author.cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    expect(String((await once(mute, 'data'))[0])).toContain('101');
    await sayOnly('GET /healthz HTTP/1.1\r\nHost: x');
    await sayOnly(
      `POST /api/auth/sign-in/username HTTP/1.1\r\nHost: ${new URL(office.url).host}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    const leader = await office.signIn('zhangsan');
    let typeset = 0;
    const pdfs = Array.from({ length: 8 }, async () => {
      const answer = await fetch(
        `${office.url}/api/documents/${office.documentOf('team')}/export?as=draft&format=pdf`,
        {
          headers: { cookie: leader.cookie },
        },
      );
      const bytes = Buffer.from(await answer.arrayBuffer());
      typeset += 1;
      return [answer.status, bytes.subarray(0, 5).toString()];
    });
    // The stream, the body that does not come and the question itself are three; every PDF has at least been begun.
    const begun = async () => ((await numbers()).get('duizhao_requests') ?? 0) - 3 + typeset;
    await expect.poll(begun, { interval: 2, timeout: 20_000 }).toBeGreaterThanOrEqual(pdfs.length);
    await writer.stored();
    const started = performance.now();
    office.server.ask();
    // The request without a body holds the end up long enough to be looked at.
    await expect.poll(async () => (await fetch(`${office.url}/readyz`)).status).toBe(503);
    expect(await office.ask(author, 'GET', '/api/work')).toEqual([503, 'stopping']);
    const late = WriterSocket.dial(author, office.documentOf('lisi'));
    expect((await once(late, 'close'))[0]).toBe(1012);
    expect(await writer.closed).toBe(1012);
    const written = writer.text();
    const acknowledged = writer.saved - 1;
    await streamEnds;
    expect(await Promise.all(pdfs)).toEqual(pdfs.map(() => [200, '%PDF-']));
    const code = await office.server.ended();
    expect({ code, output: office.server.output.includes('could not') }).toEqual({ code: 0, output: false });
    expect(performance.now() - started).toBeLessThan(longestEndMs);
    const stored = await storedText();
    expect(acknowledged).toBeGreaterThan(10);
    expect(written.startsWith(stored.trim())).toBe(true);
    expect(stored.trim().length).toBeGreaterThanOrEqual(acknowledged);
  });

  it('ends with 1 and a sentence when the last words cannot be saved', async () => {
    const writer = await WriterSocket.open(await office.signIn('lisi'), office.documentOf('lisi'));
    writer.type('存住的。');
    await writer.stored();
    const release = await lockDatabase(office.dataDir);
    cleanUp.push(release);
    writer.type('存不住的。');
    await expect.poll(async () => (await fetch(`${office.url}/healthz`)).status).toBe(503);
    const { code, ms } = await end();
    expect(code).toBe(1);
    expect(ms).toBeLessThan(longestEndMs);
    expect(office.server.output).toContain(
      '1 份材料的最后改动未能入库。The last changes of 1 document(s) could not be saved.',
    );
    expect(await writer.closed).toBe(1012);
    await release();
    expect(await storedText()).toContain('存住的。');
  });

  it('ends at once at a second signal', async () => {
    const writer = await WriterSocket.open(await office.signIn('lisi'), office.documentOf('lisi'));
    const release = await lockDatabase(office.dataDir);
    cleanUp.push(release);
    writer.type('存不住的。');
    await expect.poll(async () => (await fetch(`${office.url}/healthz`)).status).toBe(503);
    office.server.ask();
    await expect.poll(async () => (await (await fetch(`${office.url}/readyz`)).json()).status).toBe('stopping');
    // What follows within half a second is taken for the same wish: npm passes a terminal's signal on.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const { code, ms } = await end();
    expect(code).toBe(1);
    expect(ms).toBeLessThan(1_500);
    expect(office.server.output).toContain('A second signal: ending at once.');
  });
});
