/**
 * A small unit at work behind the real application: real store, real rooms, real use cases, a clock that stands still.
 * Signing in is the one thing left out: a request says who asks in a header, and the identity port believes it.
 */
import type { Hono } from 'hono';
import * as Y from 'yjs';
import type { z } from 'zod';
import { type AppDeps, createApp } from '../../server/app.ts';
import { recordAudit } from '../../server/audit/record-audit.ts';
import { Changes } from '../../server/changes.ts';
import { createExportText } from '../../server/export/export-text.ts';
import { Hand } from '../../server/hand/hand.ts';
import type { Env } from '../../server/http/respond.ts';
import type { Identity } from '../../server/identity/identity.ts';
import { createIds, type NewId } from '../../server/ids.ts';
import { Likeness } from '../../server/likeness/likeness.ts';
import { loadTemplates } from '../../server/meetings/templates.ts';
import { adoptionsIn } from '../../server/proposals/adopted.ts';
import { roomFacts } from '../../server/proposals/room-facts.ts';
import { Registry } from '../../server/rooms/registry.ts';
import { openSqliteStorage } from '../../server/storage/sqlite/storage.ts';
import type { Storage } from '../../server/storage/storage.ts';
import type { Row } from '../../server/storage/tables.ts';
import type { UseCases } from '../../server/use-cases.ts';
import type { Role } from '../../shared/access/can.ts';
import {
  type BoardRow,
  boardAnswer,
  type CreateMeetingBody,
  type Meeting,
  meetingAnswer,
} from '../../shared/api/meetings.ts';
import { type BlockKind, rootOf } from '../../shared/document/schema.ts';
import { type DocumentId, isId, type MeetingId, type UnitId, type UserId } from '../../shared/ids.ts';
import { builtInTemplates } from '../../shared/template/templates.ts';
import { FakeClock } from './fake-clock.ts';

type Portrait = {
  readonly name: string;
  readonly duty: string;
  readonly position: Role;
  readonly administrator?: true;
};

/** Everybody in the unit. 孙八 takes part in no meeting here. */
export const portraits = {
  zhangsan: { name: '张三', duty: '党组书记、局长', position: 'leader' },
  lisi: { name: '李四', duty: '党组成员、副局长', position: 'member' },
  wangwu: { name: '王五', duty: '党组成员、副局长', position: 'member' },
  zhaoliu: { name: '赵六', duty: '党组成员、总工程师', position: 'member' },
  office: { name: '钱七', duty: '办公室主任', position: 'office' },
  supervisor: { name: '周九', duty: '督导组组长', position: 'supervisor' },
  stranger: { name: '孙八', duty: '', position: 'leader' },
  administrator: { name: '吴十', duty: '', position: 'office', administrator: true },
} as const satisfies Readonly<Record<string, Portrait>>;
export type Name = keyof typeof portraits;
export const names = Object.keys(portraits) as Name[];
/** Those who take part in the usual meeting. */
export const participants = ['zhangsan', 'lisi', 'wangwu', 'zhaoliu', 'office', 'supervisor'] as const;

export type Answer = { readonly status: number; readonly body: unknown; readonly text: string };

export class OfficeWorld {
  readonly clock: FakeClock;
  readonly storage: Storage;
  readonly rooms: Registry;
  readonly changes = new Changes();
  readonly people: Readonly<Record<Name, Row<'person'>>>;
  readonly app: Hono<Env>;
  readonly tools: UseCases;
  readonly #deps: AppDeps;
  /** What was reported as a bug. */
  readonly troubles: unknown[] = [];

  private constructor(
    clock: FakeClock,
    newId: NewId,
    storage: Storage,
    people: Readonly<Record<Name, Row<'person'>>>,
    options: Partial<AppDeps>,
  ) {
    this.clock = clock;
    this.storage = storage;
    this.people = people;
    const trouble = (...what: unknown[]) => void this.troubles.push(what);
    this.rooms = new Registry({ journal: storage.journal, clock, facts: roomFacts(storage), onTrouble: trouble });
    this.tools = {
      storage,
      rooms: this.rooms,
      clock,
      newId,
      changes: this.changes,
      log: {
        info: () => undefined,
        // How long a request takes is the machine's business, not the story's.
        warn: (...what: unknown[]) => (what[1] === 'slow request' ? undefined : trouble(...what)),
        error: trouble,
      },
      hand: new Hand({ journal: storage.journal, adopted: adoptionsIn(storage) }),
      likeness: new Likeness({ storage, rooms: this.rooms, clock }),
      record: (records, act) => recordAudit(records, act, { clock, newId }),
    };
    this.#deps = this.#assemble(storage);
    this.app = createApp({ ...this.#deps, ...options });
  }

  /** The same house with other parts: what a failing store or a full disk looks like. */
  appWith(parts: Partial<AppDeps>): Hono<Env> {
    return createApp({ ...this.#deps, ...parts });
  }

  #assemble(storage: Storage): AppDeps {
    return {
      ...this.tools,
      identity: believing(storage),
      exportText: createExportText(),
      routers: [],
      vitals: () => ({ ...this.rooms.status(), eventStreams: this.changes.listeners }),
    };
  }

  /** Its store is in memory, or the file at `path`. */
  static async open(options: Partial<AppDeps> = {}, path = ':memory:'): Promise<OfficeWorld> {
    const clock = new FakeClock();
    const newId = createIds(clock);
    const storage = await openSqliteStorage({ path, clock });
    await loadTemplates(storage, builtInTemplates);
    const unitId = newId('unit');
    const createdAt = new Date(clock.now()).toISOString();
    await storage.records.unit.insert({ id: unitId, name: 'XX市XX局', parentId: null, createdAt });
    const people = {} as Record<Name, Row<'person'>>; // filled for every name just below
    for (const name of names) {
      people[name] = portray(newId('user'), unitId, name, portraits[name], createdAt);
      await storage.records.person.insert(people[name]);
    }
    return new OfficeWorld(clock, newId, storage, people, options);
  }

  async close(): Promise<void> {
    await this.rooms.close(0);
    await this.storage.close();
  }

  /** A request of this person; of nobody when `who` is undefined. */
  async ask(who: Name | undefined, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.app.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(who === undefined ? {} : { 'x-person': this.people[who].id }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: parseJson(text), text };
  }

  /** The parsed answer of a request that must succeed. */
  async get<S extends z.ZodType>(schema: S, who: Name, path: string): Promise<z.output<S>> {
    return schema.parse(expectDone(await this.ask(who, 'GET', path)));
  }

  async act(who: Name, method: string, path: string, body: unknown = {}): Promise<unknown> {
    return expectDone(await this.ask(who, method, path, body));
  }

  /**
   * The usual meeting, made by the office from the template of 2021. Texts here are a sentence long: unless the story is
   * about it (`completeTexts`), no confirmation is asked for the sections they leave empty.
   */
  async meet(change: Partial<CreateMeetingBody> = {}, { completeTexts = false } = {}): Promise<Meeting> {
    const body: CreateMeetingBody = {
      templateId: '2021-dangshi',
      kind: 'topical',
      title: '2021年度党史学习教育专题民主生活会',
      year: 2021,
      theme: '',
      date: '2022-01-20',
      submitBy: '2022-01-14',
      participants: participants.map((name) => this.place(name)),
      ...change,
    };
    const { meeting } = meetingAnswer.parse(await this.act('office', 'POST', '/api/meetings', body));
    if (!completeTexts) await this.#letSectionsBeEmpty(meeting.id);
    return meeting;
  }

  async #letSectionsBeEmpty(id: MeetingId): Promise<void> {
    const hint = { on: true, severity: 'hint' } as const;
    const settings = { rules: { N1: hint, N11: hint }, thresholds: {}, words: {} };
    const at = new Date(this.clock.now()).toISOString();
    await this.storage.records.check_settings.insert({ id, settings, by: this.people.office.id, at });
  }

  /** A place on the list; 王五 drafts the team material. */
  place(name: Name, more: Partial<CreateMeetingBody['participants'][number]> = {}) {
    const { position } = portraits[name];
    return { userId: this.people[name].id, role: position, conditions: [], drafter: name === 'wangwu', ...more };
  }

  async board(meetingId: MeetingId, who: Name = 'office'): Promise<BoardRow[]> {
    return (await this.get(boardAnswer, who, `/api/meetings/${meetingId}/documents`)).documents;
  }

  /** The outline of this person, or the team material. */
  async documentOf(meetingId: MeetingId, owner: Name | 'team'): Promise<DocumentId> {
    const ownerId = owner === 'team' ? null : this.people[owner].id;
    const row = (await this.board(meetingId)).find((each) => (each.owner?.id ?? null) === ownerId);
    if (row === undefined) throw new Error(`no document of ${owner}`);
    return row.id;
  }

  /** Puts a block at the end of a section, as typing would leave it there. */
  async write(id: DocumentId, key: string, text: string, kind: BlockKind = 'paragraph'): Promise<string> {
    const blockId = `b-${this.tools.newId('read').slice(-12)}`;
    await this.rooms.writeAsServer(id, (doc) => {
      const block = new Y.XmlElement(kind);
      block.setAttribute('id', blockId);
      block.insert(0, [new Y.XmlText(text)]);
      const fragment = doc.getXmlFragment(rootOf(key));
      fragment.insert(fragment.length, [block]);
    });
    return blockId;
  }

  /** Empties a section again. */
  async wipe(id: DocumentId, key: string): Promise<void> {
    await this.rooms.writeAsServer(id, (doc) => {
      const fragment = doc.getXmlFragment(rootOf(key));
      fragment.delete(0, fragment.length);
    });
  }

  async audit(): Promise<Row<'audit'>[]> {
    return this.storage.records.audit.find({}, { by: 'seq' });
  }
}

/** The code of a refused answer. */
export function codeOf({ body }: Answer): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** The details of a refused answer. */
export function detailsOf({ body }: Answer): unknown {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'details' in error ? error.details : undefined;
}

function expectDone({ status, body, text }: Answer): unknown {
  if (status >= 300) throw new Error(`answered ${status}: ${text}`);
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: the caller looks at the text
  }
}

function portray(id: UserId, unitId: UnitId, username: string, portrait: Portrait, createdAt: string): Row<'person'> {
  const flags = { administrator: false, disabled: false, mustChangePassword: false };
  return { id, username, unitId, createdAt, ...flags, ...portrait };
}

function believing(storage: Storage): Identity {
  return {
    who: async (headers) => {
      const id = headers.get('x-person') ?? '';
      const person = isId('user', id) ? await storage.records.person.get(id) : undefined;
      return person === undefined || person.disabled ? undefined : { sessionId: `s-${id}`, person };
    },
  };
}
