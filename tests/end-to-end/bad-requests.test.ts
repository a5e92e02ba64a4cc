/** What programs get wrong at a running product, over REST and the socket: each is told its code, and nothing has changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Person } from '../../server/demo/person.ts';
import { documentAnswer, textAnswer } from '../../shared/api/documents.ts';
import { unitsAnswer } from '../../shared/api/people.ts';
import { blockText } from '../../shared/document/content.ts';
import { DemoOffice } from '../support/demo-office.ts';

let office: DemoOffice;
let author: Person;
let leader: Person;
let clerk: Person;
let admin: Person;

beforeAll(async () => {
  office = await DemoOffice.open({ filled: true });
  author = await office.signIn('lisi');
  leader = await office.signIn('zhangsan');
  clerk = await office.signIn('office');
  admin = await office.signIn('admin');
});

afterAll(async () => {
  expect(await office?.close()).toBe(0);
});

const nothing = '0'.repeat(26);

describe('a request that is not one', () => {
  it('is refused with its code: malformed, misshapen, foreign, nobody’s, too large', async () => {
    const remarks = `/api/documents/${office.documentOf('zhaoliu')}/remarks`;
    await office.changesNothing(async () => {
      for (const raw of ['{"words":', '', 'null null', '\u0000']) {
        expect(await office.ask(leader, 'POST', remarks, { raw }), JSON.stringify(raw)).toEqual([400, 'invalid_json']);
      }
      for (const body of [null, [], {}, { words: 7 }, { anchor: {}, words: '好' }]) {
        expect(await office.ask(leader, 'POST', remarks, { body }), JSON.stringify(body)).toEqual([
          400,
          'invalid_request',
        ]);
      }
      const foreign = { body: {}, headers: { origin: 'http://elsewhere.example' } };
      expect(await office.ask(leader, 'POST', remarks, foreign)).toEqual([403, 'foreign_origin']);
      expect(await office.ask(undefined, 'POST', remarks, { body: {} })).toEqual([401, 'signed_out']);
      const endless = { raw: ' '.repeat(1024 * 1024 + 1) };
      for (const time of [1, 2, 3])
        expect(await office.ask(leader, 'POST', remarks, endless), `${time}`).toEqual([413, 'too_large']);
    });
  });

  it('is refused when it names what is not there', async () => {
    await office.changesNothing(async () => {
      for (const id of [`doc_${nothing}`, `meet_${nothing}`, '1', '..%2f..%2fduizhao.db', '%00', "'%20or%201=1"]) {
        for (const part of ['', '/text', '/versions', '/remarks', '/readiness', '/export?as=draft&format=txt']) {
          expect(await office.ask(leader, 'GET', `/api/documents/${id}${part}`), id + part).toEqual([404, 'not_found']);
        }
        expect(await office.ask(leader, 'POST', `/api/documents/${id}/submit`)).toEqual([404, 'not_found']);
      }
      const versions = `/api/documents/${office.documentOf('zhaoliu')}`;
      expect(await office.ask(leader, 'GET', `${versions}/text?version=99`)).toEqual([404, 'not_found']);
      expect(await office.ask(leader, 'GET', `${versions}/text?version=-1`)).toEqual([400, 'invalid_request']);
      expect(await office.ask(leader, 'GET', `/api/meetings/meet_${nothing}`)).toEqual([404, 'not_found']);
      const fate = { body: { fate: 'adopted' } };
      expect(await office.ask(leader, 'PUT', `/api/remarks/rmk_${nothing}/fate`, fate)).toEqual([404, 'not_found']);
      expect(await office.ask(admin, 'POST', `/api/accounts/user_${nothing}/password`)).toEqual([404, 'not_found']);
      expect(await office.ask(leader, 'GET', '/api/nowhere')).toEqual([404, 'not_found']);
    });
  });

  it('ends its socket with the code that says why', async () => {
    const room = office.documentOf('lisi');
    await office.changesNothing(async () => {
      expect(await socketEnd(author, `${room}?schema=0`)).toBe(4426);
      expect(await socketEnd(author, room)).toBe(4426);
      expect(await socketEnd(undefined, `${room}?schema=1`)).toBe(4401);
      expect(await socketEnd(author, `doc_${nothing}?schema=1`)).toBe(4404);
      expect(await socketEnd(author, 'elsewhere?schema=1')).toBe(4404);
      expect(await socketEnd(author, `${room}?schema=1`, 'text')).toBe(4400);
      for (const bytes of [[0], [0, 2, 255], [0, 1, 3, 1, 9, 3], [77], [1, 255, 255]]) {
        expect(await socketEnd(author, `${room}?schema=1`, Uint8Array.from(bytes)), String(bytes)).toBe(4400);
      }
    });
  });
});

describe('an act at the wrong moment', () => {
  const acts = {
    submit: undefined,
    withdraw: undefined,
    return: { reason: 'other', words: '请再改。' },
    approve: { versionId: `ver_${nothing}` },
    reopen: { reason: '有误' },
    file: { number: '1号', date: '2022-01-21' },
    recall: undefined,
  };
  type ActName = keyof typeof acts;

  // Who may do everything else at this point, so that only the state stands in the way.
  it.each<readonly [state: string, owner: string, username: string, refused: readonly ActName[]]>([
    ['drafting', 'team', 'zhangsan', ['withdraw', 'return', 'approve', 'reopen']],
    ['drafting', 'lisi', 'lisi', ['withdraw']],
    ['in_review', 'zhaoliu', 'zhangsan', ['reopen']],
    ['in_review', 'zhaoliu', 'zhaoliu', ['submit']],
    ['approved', 'qianqi', 'zhangsan', ['return', 'approve']],
    ['approved', 'qianqi', 'qianqi', ['submit', 'withdraw']],
    ['approved', 'qianqi', 'office', ['recall']],
  ])(
    'leaves a text that is %s, of %s, as it was when %s asks for something else',
    async (state, owner, username, refused) => {
      const person = await office.signIn(username);
      const path = `/api/documents/${office.documentOf(owner)}`;
      const { lifecycle } = await person.ask('GET', path, documentAnswer);
      expect(lifecycle.state).toBe(state);
      await office.changesNothing(async () => {
        const codes = refused.map(async (act) => [
          act,
          ...(await office.ask(person, 'POST', `${path}/${act}`, { body: acts[act] })),
        ]);
        expect(await Promise.all(codes)).toEqual(refused.map((act) => [act, 409, 'wrong_state']));
      });
    },
  );
});

describe('too much', () => {
  it('is refused where words are sent: remarks, titles, numbers, names', async () => {
    const document = `/api/documents/${office.documentOf('zhaoliu')}`;
    const { sections } = await leader.ask('GET', `${document}/text`, textAnswer);
    const section = sections.find(({ blocks }) => blocks.length > 0);
    const block = section?.blocks[0];
    const quote = block === undefined ? '' : blockText(block).slice(0, 4);
    const anchor = { sectionKey: section?.key, blockId: block?.id, from: 0, to: quote.length, quote };
    const long = '长'.repeat(2001);
    await office.changesNothing(async () => {
      const tries: [Person, string, string, unknown][] = [
        [leader, 'POST', `${document}/remarks`, { anchor, words: long }],
        [leader, 'POST', `${document}/return`, { reason: 'other', words: long }],
        [clerk, 'PATCH', `/api/meetings/${office.demo.meetingId}`, { title: '长'.repeat(121) }],
        [
          admin,
          'POST',
          '/api/units',
          { name: '长'.repeat(81), parentId: (await admin.ask('GET', '/api/units', unitsAnswer)).units[0]?.id },
        ],
      ];
      for (const [who, method, path, body] of tries) {
        expect(await office.ask(who, method, path, { body }), path).toEqual([422, 'text_too_long']);
      }
    });
  });

  it('ends the connection: a frame over the limit', async () => {
    await office.changesNothing(async () => {
      const frame = new Uint8Array(4 * 1024 * 1024 + 1);
      expect(await socketEnd(author, `${office.documentOf('lisi')}?schema=1`, frame)).toBe(4413);
    });
  });
});

/** The close code after this message. */
function socketEnd(who: Person | undefined, room: string, message?: string | Uint8Array): Promise<number> {
  const headers = who === undefined ? {} : { cookie: who.cookie };
  const socket = new WebSocket(`${office.url.replace('http', 'ws')}/sync/${room}`, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => message !== undefined && socket.send(message));
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}
