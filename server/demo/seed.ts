/**
 * Brings a running, empty server to life the way a unit would: set-up with the one-time code, accounts from a table, first
 * passwords changed, a meeting made by the office with a notice in its library, texts typed by their authors, one submitted and
 * remarked on, one approved. Nothing here can do what a signed-in person could not.
 */
import { randomInt } from 'node:crypto';
import { documentAnswer, textAnswer } from '../../shared/api/documents.ts';
import { type BoardRow, boardAnswer, type CreateMeetingBody, meetingAnswer } from '../../shared/api/meetings.ts';
import { importAccountsAnswer, unitsAnswer } from '../../shared/api/people.ts';
import type { AnchorBody } from '../../shared/api/remarks.ts';
import { blockText } from '../../shared/document/content.ts';
import type { DocumentId, MeetingId, UserId } from '../../shared/ids.ts';
import { builtInTemplates } from '../../shared/template/templates.ts';
import { Person } from './person.ts';
import { parseSample, readSample } from './sample.ts';
import { administrator, type DemoText, meeting, people, reference, texts, unitName } from './unit.ts';
import { writeText } from './write-text.ts';

/** What `npm run demo -- --json` prints. */
export type Demo = {
  readonly url: string;
  readonly accounts: readonly {
    readonly username: string;
    readonly password: string;
    readonly name: string;
    readonly role: 'leader' | 'member' | 'office' | 'supervisor' | 'admin';
  }[];
  readonly meetingId: MeetingId;
  readonly documents: readonly {
    readonly id: DocumentId;
    readonly kind: 'outline' | 'team';
    /** The author's username; null for the team material, which has several. */
    readonly owner: string | null;
  }[];
};

type Colleague = { readonly id: UserId; readonly password: string; readonly self: Person };
type Colleagues = ReadonlyMap<string, Colleague>;

/** Fills the server at `url`, whose set-up code this is; without texts when `empty`. */
export async function seed(url: string, setupCode: string, empty: boolean): Promise<Demo> {
  const adminPassword = readablePassword();
  const colleagues = await makeAccounts(url, setupCode, adminPassword);
  const meetingId = await makeMeeting(colleagues);
  const board = (await of(colleagues, 'office').self.ask('GET', `/api/meetings/${meetingId}/documents`, boardAnswer))
    .documents;
  if (!empty) {
    await of(colleagues, 'office').self.act('POST', `/api/meetings/${meetingId}/references`, reference);
    for (const text of texts) await bringAlong(colleagues, documentOf(board, colleagues, text.owner).id, text);
  }
  return {
    url,
    accounts: [
      ...people.map(({ username, name, position }) => {
        return { username, password: of(colleagues, username).password, name, role: position };
      }),
      { username: administrator.username, password: adminPassword, name: administrator.name, role: 'admin' },
    ],
    meetingId,
    documents: board.map(({ id, kind, owner }) => ({ id, kind, owner: usernameOf(colleagues, owner?.id) })),
  };
}

async function makeAccounts(url: string, code: string, password: string): Promise<Colleagues> {
  await Person.stranger(url).act('POST', '/api/setup', {
    code,
    unitName,
    administrator: { ...administrator, password },
  });
  const admin = await Person.signIn(url, administrator.username, password);
  const { units } = await admin.ask('GET', '/api/units', unitsAnswer);
  const accounts = people.map(({ username, name, duty, position }) => {
    return { username, name, duty, position, unitId: units[0]?.id };
  });
  const imported = await admin.ask('POST', '/api/accounts/import', importAccountsAnswer, { accounts });
  const colleagues = imported.accounts.map(async ({ account, initialPassword }): Promise<[string, Colleague]> => {
    const next = readablePassword();
    const self = await Person.signIn(url, account.username, initialPassword);
    await self.act('POST', '/api/me/password', { current: initialPassword, next });
    return [account.username, { id: account.id, password: next, self }];
  });
  return new Map(await Promise.all(colleagues));
}

async function makeMeeting(colleagues: Colleagues): Promise<MeetingId> {
  const { templateYear, teamConditions, ...facts } = meeting;
  const template = builtInTemplates.find(({ year }) => year === templateYear);
  if (template === undefined) throw new Error(`no template for ${templateYear}`);
  const body: CreateMeetingBody = {
    ...facts,
    templateId: template.id,
    theme: template.theme,
    teamConditions: [...teamConditions],
    participants: people.map(({ username, position, conditions, drafter }) => {
      return { userId: of(colleagues, username).id, role: position, conditions: [...conditions], drafter };
    }),
  };
  const made = await of(colleagues, 'office').self.ask('POST', '/api/meetings', meetingAnswer, body);
  return made.meeting.id;
}

/** Types a text and takes it as far as it has come. */
async function bringAlong(colleagues: Colleagues, id: DocumentId, text: DemoText): Promise<void> {
  const writer = of(colleagues, text.writer).self;
  const { sections } = await writer.ask('GET', `/api/documents/${id}`, documentAnswer);
  await writeText(writer, id, parseSample(readSample(text.sample), sections).sections);
  if (text.progress === 'draft') return;
  await writer.act('POST', `/api/documents/${id}/submit`, {});
  const leader = of(colleagues, 'zhangsan').self;
  for (const { quote, words } of text.remarks ?? []) await remark(leader, id, quote, words);
  if (text.progress === 'submitted') return;
  const { currentVersion } = await leader.ask('GET', `/api/documents/${id}`, documentAnswer);
  await leader.act('POST', `/api/documents/${id}/approve`, { versionId: currentVersion?.id });
}

/** Selects the words where they stand, as a reader would, and writes a remark on them. */
async function remark(reader: Person, id: DocumentId, quote: string, words: string): Promise<void> {
  const { sections } = await reader.ask('GET', `/api/documents/${id}/text`, textAnswer);
  for (const { key, blocks } of sections) {
    for (const block of blocks) {
      const from = blockText(block).indexOf(quote);
      if (from < 0) continue;
      const anchor: AnchorBody = { sectionKey: key, blockId: block.id, from, to: from + quote.length, quote };
      return reader.act('POST', `/api/documents/${id}/remarks`, { anchor, words });
    }
  }
  throw new Error(`nobody wrote “${quote}”`);
}

function of(colleagues: Colleagues, username: string): Colleague {
  const found = colleagues.get(username);
  if (found === undefined) throw new Error(`nobody is called ${username}`);
  return found;
}

function usernameOf(colleagues: Colleagues, id: UserId | undefined): string | null {
  return [...colleagues].find(([, colleague]) => colleague.id === id)?.[0] ?? null;
}

function documentOf(board: readonly BoardRow[], colleagues: Colleagues, owner: string | undefined): BoardRow {
  const found = board.find((row) => usernameOf(colleagues, row.owner?.id) === (owner ?? null));
  if (found === undefined) throw new Error(`the board has no text of ${owner ?? 'the team'}`);
  return found;
}

const syllables = [
  'ba',
  'de',
  'fu',
  'ga',
  'he',
  'ji',
  'ku',
  'la',
  'mi',
  'nu',
  'po',
  'qi',
  're',
  'su',
  'ta',
  'wo',
  'xi',
];

/** Random, and short enough to be typed from a console: two made-up words and four digits. */
export function readablePassword(): string {
  const word = () => [0, 1, 2].map(() => syllables[randomInt(syllables.length)]).join('');
  return `${word()}-${word()}-${String(randomInt(10_000)).padStart(4, '0')}`;
}
