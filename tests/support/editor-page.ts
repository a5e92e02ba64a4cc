/** One person's page in an editing story: the real room of the client, its editors, its machine and its line. */
import { readTray } from '../../client/room/rescue.ts';
import { Room } from '../../client/room/room.ts';
import { isUnsaved } from '../../client/room/unsaved.ts';
import type { UserId } from '../../shared/ids.ts';
import type { Machine } from '../client/room/page.ts';
import { EditorDesk } from './editor-desk.ts';
import type { Letters } from './editor-letters.ts';
import { Line, type LineServer } from './editor-line.ts';
import type { EditorServer } from './editor-server.ts';
import type { Random } from './random.ts';

/** What a page needs of a server. */
export type PageServer = LineServer & Pick<EditorServer, 'keys' | 'levels' | 'clock'>;

export class EditorPage {
  readonly name: string;
  readonly userId: UserId;
  readonly machine: Machine;
  readonly line: Line;
  readonly room: Room;
  readonly #server: PageServer;
  #desk: EditorDesk | undefined;
  #forget: () => void = () => undefined;
  gone = false;
  /** Whether anything was written here that the server may not have taken. */
  wrote: boolean;

  constructor(server: PageServer, name: string, userId: UserId, machine: Machine, random: Random) {
    this.name = name;
    this.userId = userId;
    this.machine = machine;
    this.#server = server;
    this.line = new Line(server, userId);
    this.wrote = isUnsaved(machine.store, userId, server.documentId);
    const level = server.levels.get(userId) ?? 'none';
    this.room = new Room(
      { url: '', documentId: server.documentId, userId, keys: server.keys, level },
      {
        openSocket: this.line.open,
        openCopy: machine.open,
        store: machine.store,
        timers: {
          now: () => server.clock.now(),
          after: (ms, work) => server.clock.after(ms, work),
          random: () => random.next(),
        },
      },
      { announced: () => undefined, access: () => undefined, signedOut: () => undefined },
    );
    this.room.subscribe(() => this.#look());
    void this.room.open();
    this.#look();
  }

  /** A new text makes a new desk; new facts reach the one that is there. */
  #look(): void {
    if (this.gone) return;
    const { doc, writable } = this.room.view;
    if (this.#desk?.doc !== doc) {
      this.#forget();
      this.#desk?.destroy();
      const made = new EditorDesk(doc, this.#server.keys);
      this.#forget = this.room.beforeLeaving(() => made.settle());
      this.#desk = made;
    }
    this.#desk.setWritable(writable);
  }

  get desk(): EditorDesk {
    if (this.#desk === undefined) throw new Error('the page has no desk');
    return this.#desk;
  }

  get writable(): boolean {
    return !this.gone && this.room.view.writable && this.desk.doc === this.room.view.doc;
  }

  /** Whether words from here may not be with the server, what flowed in from a composition a moment ago included. */
  get owes(): boolean {
    const marked = isUnsaved(this.machine.store, this.userId, this.#server.documentId);
    return this.room.view.unsaved || marked || this.desk.composing !== undefined;
  }

  /** Says something with every change here noted as this person's act. */
  act(letters: Letters, step: number, act: string, work: () => void): void {
    const { desk } = this;
    const who = { by: this.name, step, act };
    const before = desk.see(letters);
    let last = before;
    const look = (): void => {
      const now = desk.see(letters);
      letters.noteBlocks(who, last, now);
      last = now;
    };
    this.wrote = true;
    desk.doc.on('afterTransaction', look);
    work();
    desk.doc.off('afterTransaction', look);
    letters.note(who, before, this.desk.see(letters));
  }

  /** The page is closed as one closes a page. */
  close(): void {
    this.room.close();
    this.#end();
  }

  /** The browser dies: nothing is closed or flushed, the machine keeps what it has. */
  crash(): void {
    this.line.cut = true;
    this.line.break(0, 0, true);
    this.#end();
  }

  #end(): void {
    this.gone = true;
    this.line.cut = true;
    this.line.exorcise();
    this.#desk?.destroy();
  }

  /** All that lies in this person's rescue tray on this machine. */
  get tray(): string {
    return JSON.stringify(readTray(this.machine.store, this.userId, this.#server.documentId));
  }
}
