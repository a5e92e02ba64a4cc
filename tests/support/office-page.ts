/** A page in a room of the office world: the shared text, and what the server said. It types as an editor would. */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { handedOver } from '../../server/rooms/connection.ts';
import type { Seat } from '../../server/rooms/seat.ts';
import type { Inserted } from '../../shared/api/proposals.ts';
import { rootOf } from '../../shared/document/schema.ts';
import type { RoomId } from '../../shared/ids.ts';
import {
  encodeSync,
  messageTypes,
  readAccess,
  readChanged,
  readRefused,
  syncSteps,
} from '../../shared/protocol/frames.ts';
import type { Name, OfficeWorld } from './office-world.ts';

export class OfficePage {
  readonly doc = new Y.Doc();
  readonly heard: string[] = [];
  closedWith: number | undefined;
  readonly #world: OfficeWorld;
  #seat: Seat | undefined;

  private constructor(world: OfficeWorld) {
    this.#world = world;
  }

  /** Whoever is not let in has the reason in `heard`. */
  static async open(world: OfficeWorld, who: Name, id: RoomId): Promise<OfficePage> {
    const page = new OfficePage(world);
    const outbox: Uint8Array[] = [];
    const say = (frame: Uint8Array) => (page.#seat === undefined ? void outbox.push(frame) : page.#seat.receive(frame));
    const visitor = { userId: world.people[who].id, name: who, session: `s-${who}` };
    const seat = await world.rooms.enter(id, visitor, {
      send: (...turn) => {
        for (const frame of handedOver(...turn)) page.#hear(frame, say);
      },
      close: (code) => {
        page.closedWith = code;
        queueMicrotask(() => page.#seat?.leave());
      },
      bufferedAmount: 0,
    });
    if (typeof seat === 'string') {
      page.heard.push(seat);
      return page;
    }
    page.#seat = seat;
    page.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') say(encodeSync('update', update));
    });
    say(encodeSync('step1', Y.encodeStateVector(page.doc)));
    for (const frame of outbox) say(frame);
    await page.stored();
    return page;
  }

  /** Resolves when nothing is under way any more. */
  stored(): Promise<void> {
    return settled(this.#world);
  }

  leave(): void {
    this.#seat?.leave();
  }

  /** Replaces words of the first block of a section, or types at its end; says which letters these hands put in. */
  type(words: string, { key = 'opening', instead = '' } = {}): Inserted {
    const block = this.doc.getXmlFragment(rootOf(key)).get(0);
    if (!(block instanceof Y.XmlElement)) throw new Error(`${key} has no block`);
    const from = Y.getState(this.doc.store, this.doc.clientID);
    this.doc.transact(() => {
      let text = block.get(0);
      if (!(text instanceof Y.XmlText)) {
        text = new Y.XmlText();
        block.insert(0, [text]);
      }
      if (!(text instanceof Y.XmlText)) throw new Error('a block without text');
      const at = instead === '' ? text.length : text.toString().indexOf(instead);
      if (at === -1) throw new Error(`no “${instead}” in ${key}`);
      text.delete(at, instead.length);
      text.insert(at, words);
    });
    const to = Y.getState(this.doc.store, this.doc.clientID);
    return { sectionKey: key, blockId: block.getAttribute('id') ?? '', clientId: this.doc.clientID, from, to };
  }

  /** The id of a section's first block. */
  blockId(key = 'opening'): string {
    const block = this.doc.getXmlFragment(rootOf(key)).get(0);
    return block instanceof Y.XmlElement ? (block.getAttribute('id') ?? '') : '';
  }

  text(key = 'opening'): string {
    return this.doc
      .getXmlFragment(rootOf(key))
      .toString()
      .replaceAll(/<[^>]*>/g, '');
  }

  #hear(frame: Uint8Array, say: (frame: Uint8Array) => void): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.access) {
      const { level, reason } = readAccess(decoder);
      this.heard.push(`${level} ${reason}`.trim());
    } else if (type === messageTypes.refused) this.heard.push(`refused ${readRefused(decoder).code}`);
    else if (type === messageTypes.changed) this.heard.push(`changed ${readChanged(decoder).topic}`);
    else if (type === messageTypes.sync) {
      const step = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (step === syncSteps.step1) say(encodeSync('step2', Y.encodeStateAsUpdate(this.doc, bytes)));
      else Y.applyUpdate(this.doc, bytes, 'server');
    }
  }
}

/** Resolves when nothing is under way in any room. */
export async function settled({ rooms }: OfficeWorld): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await rooms.idle();
  }
}
