/**
 * An office on the evening before the meeting: ten members' outlines lie before the leader, eight for the first time and two
 * sent in again after he returned them. Made over HTTP and WebSocket like everything people do.
 */
import { Person } from '../../server/demo/person.ts';
import { writeText } from '../../server/demo/write-text.ts';
import { documentAnswer, textAnswer } from '../../shared/api/documents.ts';
import { boardAnswer, type CreateMeetingBody, meetingAnswer } from '../../shared/api/meetings.ts';
import { importAccountsAnswer, unitsAnswer } from '../../shared/api/people.ts';
import { remarksAnswer } from '../../shared/api/remarks.ts';
import { blockText } from '../../shared/document/content.ts';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import { builtInTemplates } from '../../shared/template/templates.ts';
import type { Account } from './browser.ts';
import { startEmpty } from './running-product.ts';
import { submitConfirmed } from './submit.ts';

/** Ten surnames that appear in no other name. */
export const members = ['赵一', '钱二', '孙三', '李四', '周五', '吴六', '郑七', '王八', '冯九', '陈十'] as const;
export type Member = (typeof members)[number];

const section = 'problems.a1';
export const lines = (name: Member): readonly string[] => [
  `${name}查摆如下：一年来理论学习抓得不紧，多数时候满足于完成学时。`,
  `去年${name}只到过两个小区，群众反映的停车难拖了五个月才去看。`,
  '深入学习贯彻党的十九届六中全会精神不够，结合分管工作思考得少。',
];

export class EveningOffice {
  readonly url: string;
  readonly leader: Account;
  readonly chief: Person;
  readonly #people: ReadonlyMap<string, { readonly id: UserId; readonly self: Person }>;
  readonly #documents: ReadonlyMap<string, DocumentId>;
  readonly #close: () => Promise<number>;

  private constructor(
    url: string,
    leader: Account,
    people: ReadonlyMap<string, { readonly id: UserId; readonly self: Person }>,
    documents: ReadonlyMap<string, DocumentId>,
    close: () => Promise<number>,
  ) {
    this.url = url;
    this.leader = leader;
    this.#people = people;
    this.#documents = documents;
    this.#close = close;
    this.chief = this.person('张三');
  }

  static async open(): Promise<EveningOffice> {
    const server = await startEmpty();
    const password = 'wan-shang-2022';
    const people = await makePeople(server.url, server.setupCode ?? '', password);
    const documents = await makeMeeting(people);
    const office = new EveningOffice(server.url, { username: 'zhangsan', password }, people, documents, server.close);
    for (const name of members) {
      await office.writes(name, lines(name));
      await office.submits(name);
    }
    return office;
  }

  person(name: string): Person {
    const found = this.#people.get(name)?.self;
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  }

  documentOf(name: Member): DocumentId {
    const found = this.#documents.get(name);
    if (found === undefined) throw new Error(`no text of ${name}`);
    return found;
  }

  path(name: Member): string {
    return `/api/documents/${this.documentOf(name)}`;
  }

  submits(name: Member): Promise<void> {
    return submitConfirmed(this.person(name), this.documentOf(name));
  }

  /** Types a whole text in the place of what was there. */
  async writes(name: Member, texts: readonly string[]): Promise<void> {
    const blocks = texts.map((text) => ({ kind: 'paragraph', runs: [{ text, strong: false }] }) as const);
    await writeText(this.person(name), this.documentOf(name), [{ key: section, blocks }]);
  }

  /** The leader remarks on words of a text, as he would in an earlier evening. */
  async remarks(name: Member, quote: string, words: string): Promise<void> {
    const { sections } = await this.chief.ask('GET', `${this.path(name)}/text`, textAnswer);
    for (const { key, blocks } of sections) {
      for (const block of blocks) {
        const from = blockText(block).indexOf(quote);
        if (from < 0) continue;
        const anchor = { sectionKey: key, blockId: block.id, from, to: from + quote.length, quote };
        return this.chief.act('POST', `${this.path(name)}/remarks`, { anchor, words });
      }
    }
    throw new Error(`${name} did not write “${quote}”`);
  }

  /** Reads the text to its end, returns it, and the author sends it in again, changed and answered for. */
  async secondRound(name: Member, texts: readonly string[], answer: string): Promise<void> {
    const author = this.person(name);
    await this.chief.act('POST', `${this.path(name)}/return`, { reason: 'lacks_facts', words: '请补具体事例' });
    await this.writes(name, texts);
    await author.act('PUT', `${this.path(name)}/remarks/explanations`, { rest: answer });
    await this.submits(name);
  }

  async look(name: Member) {
    const { lifecycle, round } = await this.chief.ask('GET', this.path(name), documentAnswer);
    const { remarks } = await this.chief.ask('GET', `${this.path(name)}/remarks`, remarksAnswer);
    return { lifecycle, round, remarks };
  }

  close(): Promise<number> {
    return this.#close();
  }
}

async function makePeople(url: string, code: string, password: string) {
  const names = ['张三', '办公室', ...members];
  await Person.stranger(url).act('POST', '/api/setup', {
    code,
    unitName: 'XX市XX局',
    administrator: { username: 'admin', name: '系统管理员', password },
  });
  const admin = await Person.signIn(url, 'admin', password);
  const { units } = await admin.ask('GET', '/api/units', unitsAnswer);
  const accounts = names.map((name, index) => ({
    username: index === 0 ? 'zhangsan' : index === 1 ? 'office' : `member${index - 1}`,
    name,
    duty: '',
    position: index === 0 ? 'leader' : index === 1 ? 'office' : 'member',
    unitId: units[0]?.id,
  }));
  const made = await admin.ask('POST', '/api/accounts/import', importAccountsAnswer, { accounts });
  const people = new Map<string, { id: UserId; self: Person }>();
  for (const { account, initialPassword } of made.accounts) {
    const self = await Person.signIn(url, account.username, initialPassword);
    await self.act('POST', '/api/me/password', { current: initialPassword, next: password });
    people.set(account.name, { id: account.id, self });
  }
  return people;
}

async function makeMeeting(people: ReadonlyMap<string, { readonly id: UserId; readonly self: Person }>) {
  const template = builtInTemplates.find(({ year }) => year === 2021);
  const office = people.get('办公室');
  if (template === undefined || office === undefined) throw new Error('no template, or no office');
  const body: CreateMeetingBody = {
    templateId: template.id,
    kind: 'topical',
    title: '2021年度党史学习教育专题民主生活会',
    year: 2021,
    theme: template.theme,
    date: '2022-01-20',
    submitBy: '2022-01-14',
    participants: [...people].map(([name, { id }], index) => ({
      userId: id,
      role: index === 0 ? 'leader' : name === '办公室' ? 'office' : 'member',
      conditions: [],
      drafter: false,
    })),
  };
  const { meeting } = await office.self.ask('POST', '/api/meetings', meetingAnswer, body);
  const { documents } = await office.self.ask('GET', `/api/meetings/${meeting.id}/documents`, boardAnswer);
  return new Map(documents.flatMap(({ id, owner }) => (owner === null ? [] : [[owner.name, id] as const])));
}
