/**
 * A random story of several people who write one document together, with everything that can come between: lines that break,
 * pages that close, a server that dies, a store that fails, texts that are closed for writing under one's hands. The same seed
 * tells the same story.
 */
import { attach } from '../../server/documents/anchor.ts';
import { blockText } from '../../shared/document/content.ts';
import type { UserId } from '../../shared/ids.ts';
import type { RefusedFrame, RoomAccess } from '../../shared/protocol/frames.ts';
import { Machine } from '../client/room/page.ts';
import { acts, composingActs, pickAct, pickComposingAct } from './editor-acts.ts';
import { Letters } from './editor-letters.ts';
import { EditorPage } from './editor-page.ts';
import { EditorServer, turns } from './editor-server.ts';
import type { Random } from './random.ts';

/** A person and his pages, each on a machine of its own. */
type Person = { readonly name: string; readonly userId: UserId; readonly pages: EditorPage[] };

const names = ['张三', '李四', '王五', '赵六', '钱七', '孙八'];
/** Sections of a team's material; few, so that people meet. */
const sections = ['opening', 'problems.a1', 'problems.a2', 'measures'];

export class Story {
  readonly random: Random;
  readonly server: EditorServer;
  readonly letters = new Letters();
  readonly people: readonly Person[];
  /** What was found on the way and must not be. */
  readonly faults: string[] = [];
  /** The text as it was closed for writing; nothing may change it until it is open again. */
  frozen: string | undefined;
  /** What happened, a line each, for who must find out why. */
  readonly diary: string[] = [];
  step = 0;
  #go: (() => void) | undefined;
  #underWay: { readonly start: number; done: boolean }[] = [];

  private constructor(random: Random, server: EditorServer) {
    this.random = random;
    this.server = server;
    const count = 3 + random.below(4);
    this.people = names.slice(0, count).map((name) => {
      const userId = server.newId('user');
      server.levels.set(userId, 'write');
      return { name, userId, pages: [] };
    });
    for (const person of this.people) this.openPage(person);
    for (const person of this.people.slice(0, random.below(2))) this.openPage(person);
  }

  static async open(random: Random): Promise<Story> {
    const story = new Story(random, await EditorServer.open(sections.slice(0, 2 + random.below(3))));
    await story.calm();
    return story;
  }

  get pages(): EditorPage[] {
    return this.people.flatMap((person) => person.pages);
  }

  openPage(person: Person, machine = new Machine()): void {
    const page = new EditorPage(this.server, person.name, person.userId, machine, this.random);
    person.pages.push(page);
  }

  note(what: string): void {
    this.diary.push(`${this.step}: ${what}`);
  }

  /** One thing happens. */
  async next(): Promise<void> {
    this.step += 1;
    const chance = this.random.next();
    if (chance < 0.64) this.#act();
    else if (chance < 0.84) this.#deliver();
    else if (chance < 0.92) await turns(1 + this.random.below(3));
    else await this.#happen();
    await null;
    if (this.random.next() < 0.4) await turns(1);
    this.#look();
  }

  /** Somebody does something at his desk. */
  #act(): void {
    const page = this.random.pick(this.pages);
    if (!page.writable) return;
    const { desk } = page;
    const composing = desk.composing !== undefined;
    const name = composing ? pickComposingAct(this.random) : pickAct(this.random);
    if (this.random.next() < 0.6) desk.history.separate();
    this.note(`${page.name} ${name}`);
    const act = composing ? composingActs[name as keyof typeof composingActs] : acts[name as keyof typeof acts];
    page.act(this.letters, this.step, name, () => act(desk, this.random, this.letters));
  }

  /** Some frames of somebody's line arrive. */
  #deliver(): void {
    const { name, line, desk } = this.random.pick(this.pages);
    this.note(`${name} hears and is heard`);
    line.dial();
    const much = this.random.next() < 0.5;
    line.deliver(much ? 100 : this.random.below(4), much ? 100 : this.random.below(4));
    desk.noticeLostComposition();
  }

  /** What holds at every moment. */
  #look(): void {
    for (const page of this.pages) {
      const { name, room, desk } = page;
      desk.noticeLostComposition();
      const { refused, ended, diverged } = room.view;
      if (refused !== null) this.#refused(page, refused);
      if (!page.owes) page.wrote = false;
      if (ended !== undefined && ended !== 4403) this.faults.push(`${name} was ended with ${ended}`);
      if (diverged) this.faults.push(`${name} holds another text than the server says`);
      if (desk.hasTornLetter()) this.faults.push(`${name} sees half a character`);
      for (const key of desk.outOfStep()) this.faults.push(`${name} sees another ${key} than he holds`);
    }
    if (this.faults.length > 0) throw new Error(this.faults.join('\n'));
  }

  /** Only who may not write is refused, and only who has written. */
  #refused(page: EditorPage, { code, detail }: RefusedFrame): void {
    if (code !== 'read_only') this.faults.push(`${page.name} was refused: ${code} ${detail}`);
    if (!page.wrote) this.faults.push(`${page.name} was refused and has written nothing`);
    page.wrote = false;
    page.room.dismissRefusal();
  }

  async #happen(): Promise<void> {
    const { random, server } = this;
    const person = random.pick(this.people);
    const page = random.pick(person.pages);
    const events: readonly (readonly [number, string, () => void | Promise<void>])[] = [
      [12, 'time passes', () => server.clock.advance(random.pick([20, 100, 700, 3_000, 16_000, 40_000]))],
      [10, 'the line breaks', () => page.line.break(random.below(6), random.below(6), random.next() < 0.6)],
      [8, 'offline', () => this.#goOffline(page)],
      [10, 'online', () => this.#comeOnline(page)],
      [4, 'ghosts go', () => page.line.exorcise()],
      [3, 'slow', () => page.line.clog(random.next() < 0.4)],
      [6, 'reopens', () => this.#reopen(person, page, random.next() < 0.5)],
      [3, 'the server dies', () => server.crash(random.next() < 0.5).then(() => this.#serverGone())],
      [2, 'the server stops', () => this.#stop()],
      [4, 'the store fails', () => this.#storeFails()],
      [4, 'commits wait', () => this.#commitsWait()],
      [6, 'the store works', () => this.#goOn()],
      [3, 'freeze', () => this.#freeze()],
      [4, 'thaw', () => this.#thaw()],
      [4, 'role', () => this.#changeRole(person, random.pick(['read', 'read', 'write', 'write', 'write', 'none']))],
      [8, 'remark', () => this.#remark()],
      [1, 'everybody leaves', () => this.#everybodyLeaves()],
      [1, 'signed out', () => server.registry.dismiss(person.userId, 4401)],
    ];
    let left = random.next() * events.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, name, happen] of events) {
      left -= weight;
      if (left >= 0) continue;
      this.note(`${name} (${page.name})`);
      await happen();
      return;
    }
  }

  #goOffline(page: EditorPage): void {
    page.line.cut = true;
    if (this.random.next() < 0.5) page.room.lost();
    page.line.break(this.random.below(3), 0, this.random.next() < 0.5);
  }

  #comeOnline(page: EditorPage): void {
    page.line.cut = false;
    page.room.retry();
    page.line.dial();
  }

  /**
   * A page that was closed, or died, is opened again from what its machine kept. Nobody leaves a page that says that it has
   * unsaved words and keeps nothing.
   */
  #reopen(person: Person, page: EditorPage, crash: boolean, online = this.random.next() < 0.7): void {
    if (page.room.view.unsaved && !page.room.view.kept && page.room.view.ended === undefined) return;
    person.pages.splice(person.pages.indexOf(page), 1);
    page.act(this.letters, this.step, 'leave', () => (crash ? page.crash() : page.close()));
    this.openPage(person, page.machine);
    const { line } = person.pages.at(-1) ?? page;
    line.cut = !online;
  }

  /** Lines to a server that is no more break. */
  #serverGone(): void {
    this.#go = undefined;
    for (const { line } of this.pages) line.break(0, this.random.below(4), true);
  }

  async #stop(): Promise<void> {
    await this.server.stop(10_000);
    this.#serverGone();
  }

  #storeFails(): void {
    this.server.journal.failing = true;
  }

  #commitsWait(): void {
    this.#go ??= this.server.journal.pause();
  }

  #goOn(): void {
    this.server.journal.failing = false;
    this.#go?.();
    this.#go = undefined;
  }

  #everybodyLeaves(): void {
    for (const page of this.pages) this.#goOffline(page);
    for (const { line } of this.pages) line.exorcise();
    this.server.clock.advance(31_000);
  }

  /** The registry works on it; a failing store makes it fail, and then nothing has changed. */
  #start(work: () => Promise<unknown>): void {
    const one = { start: this.server.starts, done: false };
    this.#underWay.push(one);
    work().then(
      () => {
        one.done = true;
      },
      (error: unknown) => {
        one.done = true;
        if (!String(error).includes('the disk is full')) this.faults.push(String(error));
      },
    );
  }

  #freeze(): void {
    const { server } = this;
    const { starts } = server;
    this.#start(() =>
      server.registry.freeze(server.documentId, server.keys, 'submitted', async ({ content }) => {
        await server.unlessDead(starts);
        server.epoch += 1;
        for (const { userId } of this.people)
          if (server.levels.get(userId) === 'write') server.levels.set(userId, 'read');
        this.frozen = JSON.stringify(content);
      }),
    );
  }

  #thaw(): void {
    const { server } = this;
    if (this.frozen === undefined) return;
    const { starts } = server;
    this.#start(() =>
      server.registry.freeze(server.documentId, server.keys, 'returned', async ({ content }) => {
        await server.unlessDead(starts);
        if (this.frozen !== undefined && JSON.stringify(content) !== this.frozen)
          this.faults.push('the text changed while it was closed for writing');
        this.frozen = undefined;
        server.epoch += 1;
        for (const { userId } of this.people) server.levels.set(userId, 'write');
      }),
    );
  }

  #changeRole(person: Person, level: RoomAccess): void {
    const { server } = this;
    if (this.frozen !== undefined && level === 'write') return;
    server.levels.set(person.userId, level);
    this.#start(() => server.registry.refresh(server.documentId, 'participants'));
  }

  /** Somebody remarks on words: the server writes the anchor. */
  #remark(): void {
    const { server, random } = this;
    this.#start(async () => {
      const { content } = await server.read();
      const section = random.pick(content);
      const block = section.blocks[random.below(section.blocks.length)];
      const text = block === undefined ? '' : blockText(block);
      if (block === undefined || text === '') return;
      const points = [...text];
      const before = points.slice(0, random.below(points.length)).join('');
      const quote = points.slice([...before].length, [...before].length + 1 + random.below(5)).join('');
      const from = before.length;
      const anchor = { sectionKey: section.key, blockId: block.id, from, to: from + quote.length, quote };
      const id = server.newId('rmk');
      server.remarkIds.add(id);
      await server.registry.refresh(server.documentId, 'remark');
      await server.registry.writeAsServer(server.documentId, (doc) => attach(doc, anchor, id));
    });
  }

  /** Everything that hindered ends, everybody comes back, everything under way arrives. */
  async calm(): Promise<void> {
    this.#goOn();
    for (const person of this.people) {
      if (this.server.levels.get(person.userId) === 'none') this.#changeRole(person, 'read');
    }
    for (const page of this.pages) {
      page.line.clog(false);
      const section = page.desk.composing;
      if (section !== undefined) page.act(this.letters, this.step, 'end composing', () => section.endComposition());
    }
    for (const page of this.pages) this.#comeOnline(page);
    for (let round = 0; round < 200; round += 1) {
      for (const person of this.people) for (const page of [...person.pages]) this.#calmPage(person, page);
      await turns(2);
      if (this.#isCalm()) return;
      this.server.clock.advance(300);
    }
    throw new Error(`it does not come to rest: ${this.#restless()}`);
  }

  #calmPage(person: Person, page: EditorPage): void {
    if (page.room.view.ended !== undefined) this.#reopen(person, page, false, true);
    if (page.room.view.signedOut) page.room.retry();
    const { line, desk } = page;
    line.exorcise();
    line.dial();
    line.deliver(1_000, 1_000);
    desk.noticeLostComposition();
  }

  #isCalm(): boolean {
    return this.#restless() === '';
  }

  #restless(): string {
    const { registry, starts } = this.server;
    const reasons = this.pages
      .filter(({ line, room }) => line.busy || room.view.unsaved || !room.view.online)
      .map(({ name, line, room }) => `${name} ${line.busy ? 'has frames under way' : JSON.stringify(room.view.save)}`);
    if (registry.status().unsaved > 0) reasons.push('the server has not saved');
    if (this.#underWay.some((one) => !one.done && one.start === starts)) reasons.push('the server works on something');
    return reasons.join(', ');
  }

  async close(): Promise<void> {
    for (const page of this.pages) page.close();
    await this.server.close();
  }
}
