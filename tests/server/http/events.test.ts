/** The event stream tells whom it concerns where to look again, never what, and ends with the session. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { heartbeatMs } from '../../../server/http/events.ts';
import type { MeetingId } from '../../../shared/ids.ts';
import { type Name, OfficeWorld } from '../../support/office-world.ts';

let world: OfficeWorld;
beforeEach(async () => {
  world = await OfficeWorld.open();
});
afterEach(() => world.close());

class Listener {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #controller: AbortController;

  private constructor(reader: ReadableStreamDefaultReader<Uint8Array>, controller: AbortController) {
    this.#reader = reader;
    this.#controller = controller;
  }

  static async open(who: Name): Promise<Listener> {
    const controller = new AbortController();
    const response = await world.app.request('/api/events', {
      headers: { 'x-person': world.people[who].id },
      signal: controller.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    if (response.body === null) throw new Error('no stream');
    const listener = new Listener(response.body.getReader(), controller);
    expect(await listener.next()).toBe(': connected\n\n');
    return listener;
  }

  /** The next piece, or undefined when the stream has ended. */
  async next(): Promise<string | undefined> {
    const { value, done } = await this.#reader.read();
    return done ? undefined : new TextDecoder().decode(value);
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
    this.#controller.abort();
  }
}

const data = (topic: string, id: string) => `data: ${JSON.stringify({ topic, id })}\n\n`;

function publish(topic: 'meeting' | 'account', id: string, meetingId?: MeetingId): void {
  world.changes.publish({ topic, id, meetingId, documentId: undefined });
}

describe('the stream', () => {
  test('tells participants about their meeting and strangers nothing of it', async () => {
    const meeting = await world.meet();
    const lisi = await Listener.open('lisi');
    const stranger = await Listener.open('stranger');
    publish('meeting', meeting.id, meeting.id);
    expect(await lisi.next()).toBe(data('meeting', meeting.id));
    publish('account', world.people.stranger.id);
    expect(await stranger.next()).toBe(data('account', world.people.stranger.id));
    await Promise.all([lisi.leave(), stranger.leave()]);
  });

  test('tells about accounts only whose account it is', async () => {
    const meeting = await world.meet();
    const lisi = await Listener.open('lisi');
    publish('account', world.people.wangwu.id);
    publish('meeting', meeting.id, meeting.id);
    expect(await lisi.next()).toBe(data('meeting', meeting.id));
    await lisi.leave();
  });

  test('carries no text when a document is submitted', async () => {
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'lisi');
    await world.write(id, 'opening', '现对照检查如下。');
    const zhangsan = await Listener.open('zhangsan');
    await world.act('lisi', 'POST', `/api/documents/${id}/submit`);
    expect(await zhangsan.next()).toBe(data('document', id));
    await zhangsan.leave();
  });

  test('beats while nothing happens, and ends at the next beat after the session', async () => {
    const lisi = await Listener.open('lisi');
    world.clock.advance(heartbeatMs);
    expect(await lisi.next()).toBe(': \n\n');
    await world.storage.records.person.update(world.people.lisi.id, { disabled: true });
    world.clock.advance(heartbeatMs);
    expect(await lisi.next()).toBeUndefined();
  });

  test('leaves no listener and no timer behind when the page goes', async () => {
    const timers = world.clock.pending;
    const lisi = await Listener.open('lisi');
    expect([world.changes.listeners, world.clock.pending]).toEqual([1, timers + 1]);
    await lisi.leave();
    await expect.poll(() => [world.changes.listeners, world.clock.pending]).toEqual([0, timers]);
  });
});
