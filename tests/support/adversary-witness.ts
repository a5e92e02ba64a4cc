/**
 * Two honest people in a process of their own, who notice how long a letter takes from one to the other: one writes a letter
 * and takes it back, every few hundredths of a second, until told to stop. Run by `Witness`; talks over IPC.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import * as Y from 'yjs';
import { Line, type Way } from './adversary-line.ts';

export type Testimony = {
  readonly samples: number;
  readonly worstMs: number;
  readonly medianMs: number;
  /** How long this process itself was kept from running at the worst. */
  readonly ownStallMs: number;
  /** What happened to one of the two; undefined when nothing did. */
  readonly trouble: string | undefined;
};

const pauseMs = 15;

export class Witness {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async call(writer: Way, reader: Way): Promise<Witness> {
    const child = fork(import.meta.filename, [JSON.stringify([writer, reader])]);
    await once(child, 'message');
    return new Witness(child);
  }

  /** Has everything noticed while `work` goes on. */
  async during(work: () => Promise<void>): Promise<Testimony> {
    this.#child.send('begin');
    await work();
    const told = once(this.#child, 'message');
    this.#child.send('tell');
    const [testimony] = await told;
    return testimony as Testimony; // what `testify` sends
  }

  async dismiss(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}

async function testify(writer: Line, reader: Line): Promise<void> {
  let latencies: number[] = [];
  let ownStallMs = 0;
  let trouble: string | undefined;
  const note = (end: string) => {
    trouble ??= end;
  };
  for (const line of [writer, reader]) void line.end.then(note);
  process.on('message', (word) => {
    if (word === 'begin') {
      latencies = [];
      ownStallMs = 0;
      return;
    }
    const sorted = [...latencies].sort((a, b) => a - b);
    const [worstMs, medianMs] = [sorted.at(-1) ?? 0, sorted[sorted.length >> 1] ?? 0];
    process.send?.({ samples: sorted.length, worstMs, medianMs, ownStallMs, trouble } satisfies Testimony);
  });
  const text = firstText(writer.doc);
  writer.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') writer.write(update);
  });
  process.send?.('ready');
  for (let turn = 0; trouble === undefined; turn += 1) {
    const arrived = reader.nextUpdate();
    const started = performance.now();
    if (turn % 2 === 0) text.insert(0, '我');
    else text.delete(0, 1);
    await arrived;
    latencies.push(performance.now() - started);
    const slept = performance.now();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    ownStallMs = Math.max(ownStallMs, performance.now() - slept - pauseMs);
  }
}

function firstText(doc: Y.Doc): Y.XmlText {
  for (const root of doc.share.keys()) {
    const block = doc.getXmlFragment(root).get(0);
    const text = block instanceof Y.XmlElement ? block.get(0) : undefined;
    if (text instanceof Y.XmlText) return text;
  }
  throw new Error('the text is empty');
}

const [, script, ways] = process.argv;
if (script === import.meta.filename && ways !== undefined) {
  const [writer, reader] = (JSON.parse(ways) as [Way, Way]).map((way) => new Line(way));
  if (writer !== undefined && reader !== undefined) await testify(await writer.ready(), await reader.ready());
}
