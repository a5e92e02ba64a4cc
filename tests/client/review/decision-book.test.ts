/** [RV10] Decisions on their way: ten seconds, undo, leaving, a broken line, a page that dies, a text that has changed. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type Decision,
  DecisionBook,
  graceMs,
  type Outcome,
  takeoverMs,
} from '../../../client/review/decision-book.ts';
import { bodyOf, tookEffect } from '../../../client/review/send-decision.ts';
import type { Lifecycle } from '../../../shared/document/lifecycle.ts';
import type { DocumentId, UserId, VersionId } from '../../../shared/ids.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Machine } from '../room/page.ts';

// Ids by form; only their equality matters here.
const text = (n: number) => `doc_0000000000000000000000000${n}` as DocumentId;
const version = (n: number) => `ver_0000000000000000000000000${n}` as VersionId;
const leader = 'user_00000000000000000000000001' as UserId;
const other = 'user_00000000000000000000000002' as UserId;

let clock: FakeClock;
let machine: Machine;
let sent: Decision[];
let answers: Outcome[];
let settled: string[];
let book: DecisionBook;
/** While there is one, no answer comes. */
let silence: Promise<never> | undefined;

function open(page: string, userId = leader): DecisionBook {
  return new DecisionBook({
    store: machine.store,
    userId,
    page,
    now: () => clock.now(),
    after: (ms, work) => clock.after(ms, work),
    send: async (decision) => {
      sent.push(decision);
      await silence;
      return answers.shift() ?? { kind: 'done' };
    },
    settled: (decision, { kind }) => settled.push(`${decision.documentId} ${kind}`),
  });
}

beforeEach(() => {
  clock = new FakeClock();
  machine = new Machine();
  sent = [];
  answers = [];
  settled = [];
  silence = undefined;
  book = open('p1');
});

const approve = (n: number, on = book) =>
  on.decide({ documentId: text(n), versionId: version(n), name: '李四', verdict: { act: 'approve' } });
const giveBack = (n: number) =>
  book.decide({
    documentId: text(n),
    versionId: version(n),
    name: '李四',
    verdict: { act: 'return', reason: 'lacks_facts', words: '补具体事例' },
  });
const sentOn = () => sent.map(({ documentId }) => documentId);
const heldOn = (on = book) => on.snapshot().map(({ documentId }) => documentId);
async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('a decision', () => {
  test('takes effect after ten seconds and not before', async () => {
    approve(1);
    await pass(9_999);
    expect(sent).toEqual([]);
    await pass(1);
    expect(sentOn()).toEqual([text(1)]);
    expect(heldOn()).toEqual([]);
    expect(settled).toEqual([`${text(1)} done`]);
    expect(clock.pending).toBe(0);
  });

  test('is taken back by undo, the last one first, and gives its words back', async () => {
    giveBack(1);
    approve(2);
    expect(book.undo()?.documentId).toBe(text(2));
    expect(book.undo()?.verdict).toEqual({ act: 'return', reason: 'lacks_facts', words: '补具体事例' });
    expect(book.undo()).toBeUndefined();
    await pass(graceMs);
    expect(sent).toEqual([]);
    expect(machine.store.length).toBe(0);
  });

  test('takes effect when its text is left; the one on the text that is opened waits on', async () => {
    approve(1);
    approve(2);
    book.hurry(text(2));
    await pass(0);
    expect(sentOn()).toEqual([text(1)]);
    expect(heldOn()).toEqual([text(2)]);
    await pass(9_999);
    expect(sentOn()).toEqual([text(1)]);
    await pass(1);
    expect(sentOn()).toEqual([text(1), text(2)]);
  });

  test('all of them are sent when the page goes away, and cannot be taken back any more', async () => {
    approve(1);
    approve(2);
    book.hurry();
    expect(sentOn()).toEqual([text(1), text(2)]);
    expect(book.undo()).toBeUndefined();
    await pass(0);
  });

  test('gives way to another on the same text', async () => {
    approve(1);
    giveBack(1);
    await pass(graceMs);
    expect(sent.map(({ verdict }) => verdict.act)).toEqual(['return']);
  });

  test('names the version that was read', () => {
    giveBack(1);
    const [made] = book.snapshot();
    expect(made === undefined ? undefined : bodyOf(made)).toEqual({
      versionId: version(1),
      reason: 'lacks_facts',
      words: '补具体事例',
    });
  });
});

describe('with the connection down', () => {
  test('it is kept, tried again later and later, and sent at once when the line is back', async () => {
    answers = [{ kind: 'lost' }, { kind: 'lost' }, { kind: 'done' }];
    approve(1);
    await pass(graceMs);
    expect(book.snapshot()[0]).toMatchObject({ lost: true, tries: 1 });
    await pass(4_999);
    expect(sent).toHaveLength(1);
    await pass(1);
    expect(sent).toHaveLength(2);
    book.retry();
    await pass(0);
    expect(sent).toHaveLength(3);
    expect(heldOn()).toEqual([]);
  });

  test('it is tried after five seconds, then twice as long each time, thirty at most, from answer to answer', async () => {
    answers = Array.from({ length: 7 }, () => ({ kind: 'lost' }));
    approve(1);
    const seconds: number[] = [];
    for (let second = 1; second <= 150; second += 1) {
      const before = sent.length;
      await pass(1_000);
      if (sent.length > before) seconds.push(second);
    }
    expect(seconds).toEqual([10, 15, 25, 45, 75, 105, 135]);
    expect(settled).toEqual([]);
  });

  test('it is on its way once, and written down as sent before the answer is there', async () => {
    silence = new Promise<never>(() => undefined);
    approve(1);
    await pass(graceMs);
    book.hurry();
    book.retry();
    await pass(60_000);
    book.hurry();
    await pass(0);
    expect(sent).toHaveLength(1);
    expect(open('p2').snapshot()).toMatchObject([{ tries: 1, lost: false }]);
  });

  test('it can still be taken back', async () => {
    answers = [{ kind: 'lost' }];
    approve(1);
    await pass(graceMs);
    expect(book.undo()?.documentId).toBe(text(1));
    await pass(60_000);
    expect(sent).toHaveLength(1);
  });

  test('a line that comes back sends nothing before its time', async () => {
    approve(1);
    book.retry();
    await pass(0);
    expect(sent).toEqual([]);
  });
});

describe('a page that dies', () => {
  test('leaves its decisions to the next one of the same person, and to nobody else', async () => {
    approve(1);
    book.close();
    const stranger = open('p2', other);
    const next = open('p3');
    expect(heldOn(stranger)).toEqual([]);
    expect(heldOn(next)).toEqual([text(1)]);
    await pass(graceMs);
    expect(sent).toEqual([]);
    await pass(takeoverMs);
    expect(sentOn()).toEqual([text(1)]);
    expect(heldOn(next)).toEqual([]);
  });

  test('is waited for: another page that is left does not send what it has not decided', async () => {
    approve(1);
    const next = open('p2');
    next.hurry();
    await pass(graceMs - 1);
    expect(sent).toEqual([]);
    expect(next.snapshot()).toMatchObject([{ dueAt: clock.now() + 1 }]);
  });

  test('what it sent without hearing the answer is sent again, and says so', async () => {
    approve(1);
    answers = [{ kind: 'lost' }];
    book.hurry();
    book.close();
    await pass(0);
    open('p2');
    await pass(60_000);
    expect(sent.map(({ tries }) => tries)).toEqual([0, 1]);
  });

  test('a book that another release wrote differently is an empty one', () => {
    machine.store.setItem(`duizhao.decisions.${leader}`, '[{"id":1}]');
    expect(heldOn(open('p2'))).toEqual([]);
  });
});

describe('a refusal', () => {
  test('stays with its reason until it was read, and is not sent again', async () => {
    answers = [{ kind: 'refused', code: 'stale_version', changes: 3 }];
    giveBack(1);
    await pass(graceMs);
    await pass(60_000);
    book.hurry();
    book.retry();
    await pass(0);
    expect(sent).toHaveLength(1);
    const [kept] = book.snapshot();
    expect(kept).toMatchObject({
      refused: { code: 'stale_version', changes: 3 },
      verdict: { words: '补具体事例' },
    });
    expect(settled).toEqual([`${text(1)} refused`]);
    expect(book.undo()).toBeUndefined();
    book.forget(kept?.id ?? '');
    expect(heldOn()).toEqual([]);
  });
});

describe('whether it took effect after all', () => {
  const at = '2022-01-10T01:00:00.000Z';
  const common = { round: 1, versionId: version(1), at };
  const approved: Lifecycle = { ...common, state: 'approved', approverId: leader };
  const returned: Lifecycle = { ...common, state: 'returned', reason: 'lacks_facts', words: '', by: leader };
  const decision = (verdict: Decision['verdict']): Decision => ({
    id: 'p1.1',
    documentId: text(1),
    versionId: version(1),
    name: '李四',
    verdict,
    dueAt: 0,
    page: 'p1',
    tries: 1,
    lost: true,
    refused: null,
  });
  const approval = decision({ act: 'approve' });
  const back = decision({ act: 'return', reason: 'lacks_facts', words: '' });

  test('is seen from the state, the version and the person', () => {
    expect(tookEffect({ lifecycle: approved }, approval, leader)).toBe(true);
    expect(tookEffect({ lifecycle: returned }, back, leader)).toBe(true);
    expect(tookEffect({ lifecycle: approved }, back, leader)).toBe(false);
    expect(tookEffect({ lifecycle: approved }, approval, other)).toBe(false);
    expect(tookEffect({ lifecycle: { ...approved, versionId: version(2) } }, approval, leader)).toBe(false);
    expect(tookEffect({ lifecycle: { state: 'drafting', round: 1 } }, approval, leader)).toBe(false);
  });
});
