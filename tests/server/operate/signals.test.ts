/** What a process hears when it is asked to end, and how it ends that cannot hear any more. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { onSignals } from '../../../server/operate/signals.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;
const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
/** Those that the test has added. */
const added = (signal: (typeof signals)[number]) =>
  process.listeners(signal).filter((listener) => before.get(signal)?.includes(listener) !== true);

afterEach(() => {
  for (const signal of signals) for (const listener of added(signal)) process.off(signal, listener);
});

describe('signals', () => {
  function listen() {
    const heard: string[] = [];
    let nowMs = 10_000;
    onSignals(
      () => heard.push('end'),
      () => heard.push('at once'),
      () => nowMs,
    );
    const send = (signal: (typeof signals)[number], atMs: number) => {
      nowMs = 10_000 + atMs;
      for (const listener of added(signal)) listener(signal);
    };
    return { heard, send };
  }

  it.each(signals)('[RM4] %s asks for an end, once, however often it comes within half a second', (signal) => {
    const { heard, send } = listen();
    send(signal, 0);
    send('SIGTERM', 1);
    send('SIGINT', 500);
    expect(heard).toEqual(['end']);
  });

  it.each(signals)('[RM4] a later %s means at once', (signal) => {
    const { heard, send } = listen();
    send('SIGTERM', 0);
    send(signal, 501);
    expect(heard).toEqual(['end', 'at once']);
  });
});

describe('the hard limit', () => {
  const url = new URL('../../../server/operate/hard-limit.ts', import.meta.url).href;

  async function end(ms: number, then: string): Promise<unknown[]> {
    const script = `import { killAfter } from ${JSON.stringify(url)}; killAfter(${ms}); ${then}`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    return once(child, 'exit');
  }

  it('[RM4] ends a process whose event loop never turns again', async () => {
    const block = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';
    expect(await end(50, block)).toEqual([null, 'SIGKILL']);
  });

  it('[RM4] keeps nobody who is done before', async () => {
    expect(await end(600_000, '')).toEqual([0, null]);
    expect(await end(600_000, 'process.exit(3);')).toEqual([3, null]);
  });
});
