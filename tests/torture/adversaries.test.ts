/**
 * What hostile people do to the real server, one after the other, while two honest people write in the same room: each
 * attacker is told or closed with the right code, the two notice nothing, nothing of it is stored, and memory comes back.
 *
 * Machines stall. What kept the witness from running kept the server too, and is taken off on the way there and back. When the
 * honest still wait too long, the same attack is made again, at most twice: a server that stalls under it stalls every time.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { textHash } from '../../shared/document/text-hash.ts';
import { encodeAwareness, encodeSync } from '../../shared/protocol/frames.ts';
import { content, type ForgedStruct, forge } from '../support/adversary-forge.ts';
import { Line } from '../support/adversary-line.ts';
import { type Testimony, Witness } from '../support/adversary-witness.ts';
import { DemoOffice } from '../support/demo-office.ts';
import { storedEntries } from '../support/stored-entries.ts';

const isLong = process.env['TORTURE'] === '1';
const bearableMs = 100;
const growthMiB = 64;

let office: DemoOffice;
let witness: Witness;
let team: string;
let cookies: Record<'zhangsan' | 'zhaoliu' | 'wangwu' | 'lisi', string>;

beforeAll(async () => {
  office = await DemoOffice.open({ filled: true });
  team = office.documentOf('team');
  const signedIn = async (name: string) => (await office.signIn(name)).cookie;
  cookies = {
    zhangsan: await signedIn('zhangsan'),
    zhaoliu: await signedIn('zhaoliu'),
    wangwu: await signedIn('wangwu'),
    lisi: await signedIn('lisi'),
  };
  const way = { url: office.url, documentId: team };
  witness = await Witness.call({ ...way, cookie: cookies.zhangsan }, { ...way, cookie: cookies.zhaoliu });
  // The buffers that a server takes once and keeps are not what an attack adds.
  const first = await attacker();
  first.socket.send(new Uint8Array(5 * 1024 * 1024));
  await first.end;
  first.cut();
});

afterAll(async () => {
  await witness?.dismiss();
  await office?.close();
});

function line(who: keyof typeof cookies = 'wangwu', documentId = team, more: { origin?: string } = {}): Line {
  return new Line({ url: office.url, cookie: cookies[who], documentId, ...more });
}

/** 王五, who may write here, comes in as a page does. */
async function attacker(): Promise<Line> {
  return line().ready();
}

function residentMiB(): number {
  const status = readFileSync(`/proc/${office.server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** How many entries the attacker has in the journal. */
function entriesOfAttacker(): number {
  const store = new DatabaseSync(join(office.dataDir, 'duizhao.db'), { readOnly: true });
  try {
    const { id } = store.prepare("select id from person where username = 'wangwu'").get() ?? {};
    return storedEntries(store, team).filter(({ writer }) => writer === id).length;
  } finally {
    store.close();
  }
}

/** Makes the attack while the two write; fails when they, the store or the memory notice it. */
async function unnoticed(attack: () => Promise<void>, mostMiB = growthMiB): Promise<void> {
  const entries = entriesOfAttacker();
  const before = residentMiB();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentMiB());
  }, 20);
  const testimonies: Testimony[] = [];
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const testimony = await witness.during(async () => {
        await attack();
        await new Promise((resolve) => setTimeout(resolve, 150));
      });
      testimonies.push(testimony);
      if (testimony.trouble !== undefined || overdueMs(testimony) < bearableMs) break;
    }
  } finally {
    clearInterval(watch);
  }
  expect(testimonies.map(({ trouble }) => trouble).filter((trouble) => trouble !== undefined)).toEqual([]);
  expect(Math.min(...testimonies.map(overdueMs)), JSON.stringify(testimonies)).toBeLessThan(bearableMs);
  expect(entriesOfAttacker()).toBe(entries);
  expect(peak - before).toBeLessThan(mostMiB);
}

/** The longest wait, less what the machine kept the witness itself from running while a letter went there and back. */
function overdueMs({ samples, worstMs, ownStallMs }: Testimony): number {
  return samples < 3 ? Number.POSITIVE_INFINITY : worstMs - 2 * ownStallMs;
}

/** Each of these, sent by somebody who may write, must end as said. */
async function endsAs(expected: RegExp, send: (attacker: Line) => void, mostMiB = growthMiB): Promise<void> {
  await unnoticed(async () => {
    const hostile = await attacker();
    send(hostile);
    expect(await hostile.end).toMatch(expected);
    hostile.cut();
  }, mostMiB);
}

function varUint(number: number): Uint8Array {
  return encoding.encode((encoder) => encoding.writeVarUint(encoder, number));
}

function client(): number {
  return 1 + Math.floor(Math.random() * 4_000_000_000);
}

/** The first block of the text, its text, and a place in it. */
function placesIn(doc: Y.Doc): { root: string; block: Y.Item; text: Y.Item; first: Y.Item } {
  for (const root of doc.share.keys()) {
    const block = doc.getXmlFragment(root)._start;
    const text = block?.content instanceof Y.ContentType ? block.content.type._start : null;
    const first = text?.content instanceof Y.ContentType ? text.content.type._start : null;
    if (block && text && first) return { root, block, text, first };
  }
  throw new Error('the text is empty');
}

function one(struct: ForgedStruct, as = client()): Uint8Array {
  return forge([{ client: as, clock: 0, structs: [struct] }]);
}

const huge = 2 ** 53 - 1;
const valid = (doc: Y.Doc) => one({ content: content.string('字'), parent: placesIn(doc).text.id });

describe('frames', () => {
  it('of random bytes, of text, of nothing, or with a compression nobody agreed on: closed with 4400', async () => {
    for (let turn = 0; turn < (isLong ? 200 : 10); turn += 1) {
      const bytes = randomBytes(1 + (turn % 40));
      bytes[0] = 4 + ((bytes[0] ?? 0) % 96);
      await endsAs(/^closed 4400$/, ({ socket }) => socket.send(bytes));
    }
    await endsAs(/^closed 4400$/, ({ socket }) => socket.send('words'));
    await endsAs(/^closed 4400$/, ({ socket }) => socket.send(new Uint8Array()));
    const compressed = Buffer.from([0xc2, 0x81, 0, 0, 0, 0, 0]);
    await endsAs(/^closed 4400$/, (hostile) => wireOf(hostile).write(compressed));
  });

  it('cut short anywhere: closed with 4400', async () => {
    const probe = await attacker();
    const frames = [
      encodeSync('update', valid(probe.doc)),
      encodeSync('step1', Y.encodeStateVector(probe.doc)),
      encodeAwareness(new Uint8Array([1, 7, 1, 2, 0x7b, 0x7d])),
    ];
    probe.cut();
    await unnoticed(async () => {
      const cuts = frames.flatMap((frame) => [...frame.keys()].map((length) => frame.slice(0, length)));
      for (const cut of isLong ? cuts : cuts.filter((_, index) => index % 5 === 0)) {
        const hostile = await attacker();
        hostile.socket.send(cut);
        expect(await hostile.end, `${cut.length} bytes`).toBe('closed 4400');
        hostile.cut();
      }
    });
  });

  it('of 5 and of 64 MiB: closed with 4413', async () => {
    await endsAs(/^closed 4413$/, ({ socket }) => socket.send(new Uint8Array(5 * 1024 * 1024)));
    // What is too large is left unread, and so is no garbage either.
    await endsAs(/^closed 4413$/, ({ socket }) => socket.send(new Uint8Array(64 * 1024 * 1024)), 16);
  });

  it('in ten thousand pieces: closed; in pieces that never end: kept small', async () => {
    await endsAs(/^closed (4400|1006)$/, ({ socket }) => {
      for (let piece = 0; piece < 10_000; piece += 1) socket.send(new Uint8Array([0]), { fin: false });
    });
    await unnoticed(async () => {
      const hostile = await Promise.all(Array.from({ length: 20 }, attacker));
      for (const { socket } of hostile) for (let piece = 0; piece < 900; piece += 1) socket.send('x', { fin: false });
      for (const each of hostile) each.cut();
    });
  });

  it('that declare lengths of 2^53: told or closed', async () => {
    const probe = await attacker();
    const { text } = placesIn(probe.doc);
    const parent = text.id;
    probe.cut();
    const updates = [
      forge([{ client: client(), clock: 0, structs: [], count: huge }]),
      forge([{ client: huge, clock: 0, structs: [{ content: content.string('x'), parent }] }]),
      forge([{ client: client(), clock: huge, structs: [{ content: content.string('x'), parent }] }]),
      one({ content: content.collected(huge) }),
      one({ content: content.deleted(huge), parent }),
      one({ content: content.skip(huge) }),
      one({ content: content.string('x'), origin: { client: huge, clock: huge } }),
      one({ content: { ref: 4, length: 1, write: (encoder) => encoding.writeVarUint(encoder, huge) }, parent }),
      one({ content: { ref: 8, length: 1, write: (encoder) => encoding.writeVarUint(encoder, huge) }, parent }),
      forge([], [{ client: client(), ranges: [[huge, huge]] }]),
      forge([], [{ client: parent.client, ranges: [[0, huge]] }]),
      forge([], [{ client: parent.client, ranges: [], count: huge }]),
      new Uint8Array(varUint(huge)),
    ];
    const sized = [0, 1, 2].map((step) => new Uint8Array([0, step, ...varUint(huge)]));
    const vector = encodeSync('step1', new Uint8Array(varUint(huge)));
    const presence = [encodeAwareness(new Uint8Array(varUint(huge))), new Uint8Array([1, ...varUint(huge)])];
    for (const frame of [...updates.map((update) => encodeSync('update', update)), ...sized, vector, ...presence]) {
      await endsAs(/^(closed 4400|refused (too_large|missing_predecessors|invalid_content))$/, ({ socket }) =>
        socket.send(frame),
      );
    }
  });
});

describe('updates', () => {
  it('that are not his to make: told why', async () => {
    const probe = await attacker();
    const { root, block, text, first } = placesIn(probe.doc);
    // Whoever wrote the first letter may be writing just now: so much that some of it is new in any case.
    const foreign = first.id.client;
    const known = Y.getState(probe.doc.store, foreign);
    const much = '冒名'.repeat(1_000);
    probe.cut();
    const inText = { parent: text.id };
    const place = { origin: { client: first.id.client, clock: first.id.clock } };
    const cases: readonly (readonly [string, Uint8Array])[] = [
      [
        'foreign_client',
        forge([{ client: foreign, clock: known, structs: [{ content: content.string(much), ...inText }] }]),
      ],
      ['outside_template', one({ content: content.type(3, 'paragraph'), parent: 's:secret' })],
      ['outside_template', one({ content: content.string('x'), parent: 'other' })],
      ['outside_template', one({ content: content.any('block-0001'), parent: 'map', sub: 'id' })],
      ['invalid_content', one({ content: content.type(3, 'heading'), parent: root })],
      ['invalid_content', one({ content: content.type(3, 'paragraph'), parent: root })],
      ['invalid_content', one({ content: content.type(1), parent: root })],
      ['invalid_content', one({ content: content.type(5, 'hook'), parent: root })],
      ['invalid_content', one({ content: content.type(3, 'paragraph'), parent: block.id })],
      ['invalid_content', one({ content: content.any('<script>'), parent: block.id, sub: 'id' })],
      ['invalid_content', one({ content: content.any('block-0001'), parent: block.id, sub: 'style' })],
      ['invalid_content', one({ content: content.embed({ image: 'x' }), ...inText })],
      ['invalid_content', one({ content: content.subdocument('x'), ...inText })],
      ['invalid_content', one({ content: content.binary(new Uint8Array(9)), ...inText })],
      ['invalid_content', one({ content: content.format('link', '{"href":"x"}'), ...inText })],
      ['invalid_content', one({ content: content.format('strong', `{"x":"${'x'.repeat(150)}"}`), ...inText })],
      ['invalid_content', one({ content: content.format('remark', '{"id":"rmk_nobody"}'), ...inText })],
      ['invalid_content', one({ content: content.string('\u0007'), ...inText })],
      ['half_character', one({ content: content.string('\ud842'), ...inText })],
      ['missing_predecessors', one({ content: content.string('x'), origin: { client: 77, clock: 9 } })],
      [
        'missing_predecessors',
        forge([{ client: client(), clock: 5, structs: [{ content: content.string('x'), ...place }] }]),
      ],
    ];
    for (const [code, update] of cases)
      await endsAs(new RegExp(`^refused ${code}$`), (hostile) => hostile.write(update));
  }, 120_000);

  it('of which ten thousand come without their causes, in any order: told with the first', async () => {
    await endsAs(/^refused missing_predecessors$/, (hostile) => {
      const as = client();
      for (let clock = 10_000; clock > 0; clock -= 1) {
        const struct = { content: content.string('x'), origin: { client: as, clock: clock - 1 } };
        hostile.write(forge([{ client: as, clock, structs: [struct] }]));
      }
    });
  });

  it('small ones that would keep Yjs busy for minutes: refused before it starts', async () => {
    const probe = await attacker();
    const { text } = placesIn(probe.doc);
    probe.cut();
    const [low, high] = [client() % 1_000_000, 4_000_000_000];
    const structs = Array.from({ length: 9_000 }, () => ({ content: content.string('x'), parent: text.id }));
    const ping = forge([low, high].map((as) => ({ client: as, clock: 0, structs })));
    const ranges = Array.from({ length: 100_000 }, () => [0, 50] as const);
    await endsAs(/^refused (too_large|invalid_content)$/, (hostile) => hostile.write(ping));
    await endsAs(/^closed 4400$/, (hostile) => hostile.write(forge([], [{ client: text.id.client, ranges }])));
    const many = Array.from({ length: 200_000 }, () => ({ content: content.subdocument('x'), parent: text.id }));
    await endsAs(/^refused too_large$/, (hostile) => hostile.write(one({ content: content.collected(11_000_000) })));
    await endsAs(/^refused (invalid_content|too_large)$/, (hostile) =>
      hostile.write(forge([{ client: client(), clock: 0, structs: many.slice(0, 100_000) }])),
    );
  });

  it('own or another’s, sent again: nothing new, nothing stored twice', async () => {
    await unnoticed(async () => {
      const hostile = await attacker();
      const everything = Y.encodeStateAsUpdate(hostile.doc);
      for (let turn = 0; turn < 20; turn += 1) hostile.write(everything);
      hostile.socket.send(encodeSync('step2', everything));
      hostile.socket.send(encodeSync('step2', everything));
      const ping = once(hostile.socket, 'pong');
      hostile.socket.ping();
      await ping;
      expect(await Promise.race([hostile.end, 'still there'])).toBe('still there');
      hostile.cut();
    });
  });

  it('that delete everything: refused from a reader; from a writer they are his to make, and the journal has it all', async () => {
    const submitted = office.documentOf('zhaoliu');
    const everythingIn = (doc: Y.Doc) =>
      forge(
        [],
        [...doc.store.clients].map(([as, structs]) => {
          const last = structs.at(-1);
          return { client: as, ranges: [[0, (last?.id.clock ?? 0) + (last?.length ?? 0)]] };
        }),
      );
    const reader = await line('zhangsan', submitted).ready();
    reader.write(everythingIn(reader.doc));
    expect(await reader.end).toBe('refused read_only');
    reader.cut();
    const own = office.documentOf('lisi');
    const writer = await line('lisi', own).ready();
    writer.write(everythingIn(writer.doc));
    const later = await line('lisi', own).ready();
    const hash = (doc: Y.Doc) => Buffer.from(textHash(doc)).toString('hex');
    const written = hash(writer.doc);
    await expect.poll(async () => hash((await line('lisi', own).ready()).doc)).not.toBe(written);
    const kept = new Y.Doc();
    const store = new DatabaseSync(join(office.dataDir, 'duizhao.db'), { readOnly: true });
    const entries = storedEntries(store, own);
    store.close();
    for (const { update } of entries.slice(0, -1)) Y.applyUpdate(kept, update);
    expect(hash(kept)).toBe(written);
    for (const each of [writer, later]) each.cut();
  });
});

describe('floods', () => {
  const floods: Readonly<Record<string, () => Uint8Array>> = {
    'of step 1': () => encodeSync('step1', new Uint8Array([0])),
    'of questions who is here': () => new Uint8Array([3]),
    'of carets': () => encodeAwareness(nextCaret('{"section":"opening"}')),
    'of carets with deep JSON': () => encodeAwareness(nextCaret(`${'['.repeat(900)}${']'.repeat(900)}`)),
  };

  it.each(Object.keys(floods))('[RM20] %s cost the others nothing, and end with 4400', async (what) => {
    await unnoticed(async () => {
      const hostile = await attacker();
      for (let burst = 0; burst < (isLong ? 50 : 10); burst += 1) {
        for (let each = 0; each < 1_000; each += 1) hostile.socket.send(floods[what]?.() ?? new Uint8Array());
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(hostile.heard).toBeLessThan(200 + (isLong ? 600 : 200));
      expect(await hostile.end).toBe('closed 4400');
    });
  });

  it('of pings cost the others nothing', async () => {
    await unnoticed(async () => {
      const hostile = await attacker();
      for (let each = 0; each < 20_000; each += 1) hostile.socket.ping(new Uint8Array(100));
      await new Promise((resolve) => setTimeout(resolve, 300));
      hostile.cut();
    });
  });

  it('of carets under client ids of others, and of a huge one: passed over or closed, never shown', async () => {
    await endsAs(/^closed 4400$/, ({ socket }) => socket.send(encodeAwareness(caret(7, huge, '{}'))));
    await endsAs(/^closed 4400$/, ({ socket }) =>
      socket.send(encodeAwareness(caret(7, 1, `"${'x'.repeat(300_000)}"`))),
    );
  });

  it('of connections: fifty of one person in a room, the others are told to come later', async () => {
    await unnoticed(async () => {
      const many = Array.from({ length: isLong ? 500 : 120 }, () => line());
      const ends = await Promise.all(
        many.map((each) => Promise.race([each.end, once(each.socket, 'message').then(() => 'in')])),
      );
      const inside = ends.filter((end) => end === 'in').length;
      expect(inside).toBeGreaterThan(40);
      expect(inside).toBeLessThanOrEqual(50);
      expect(ends.filter((end) => end === 'closed 1013')).toHaveLength(many.length - inside);
      for (const each of many) each.cut();
    });
  });

  it('of half-open connections: without a request, with half a request, and for nothing the server speaks', async () => {
    await unnoticed(async () => {
      const { port } = new URL(office.url);
      const sockets: Socket[] = [];
      for (let each = 0; each < (isLong ? 3_000 : 600); each += 1) {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => undefined);
        if (each % 3 === 1) socket.write('GET /sync/x HTTP/1.1\r\nHost: ');
        if (each % 3 === 2) socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
        sockets.push(socket);
        if (each % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      for (const socket of sockets) socket.destroy();
    });
  });
});

describe('strangers', () => {
  it('with forged, foreign and ended sessions, of another origin, or for rooms that are not there', async () => {
    await unnoticed(async () => {
      const url = office.url;
      const ends = async (cookie: string, documentId: string) => {
        const hostile = new Line({ url, cookie, documentId });
        const end = await hostile.end;
        hostile.cut();
        return end;
      };
      const { wangwu, lisi } = cookies;
      expect(await ends('', team)).toBe('closed 4401');
      expect(await ends('duizhao.session_token=forged.forged', team)).toBe('closed 4401');
      expect(await ends(`${wangwu.slice(0, -4)}AAAA`, team)).toBe('closed 4401');
      expect(await ends(lisi, office.documentOf('wangwu'))).toBe('closed 4403');
      for (const room of ['doc_00000000000000000000000000', 'x', '..%2f..%2fetc', '%00', 'prop_x']) {
        expect(await ends(wangwu, room), room).toBe('closed 4404');
      }
      expect(await line('wangwu', team, { origin: 'http://evil.example' }).end).toBe('closed 1006');
    });
  });

  it('whose account is disabled: closed, and not let in again', async () => {
    const admin = await office.signIn('admin');
    const { cookie } = await office.signIn('qianqi');
    const own = office.documentOf('qianqi');
    const inside = await new Line({ url: office.url, cookie, documentId: own }).ready();
    const accounts = (await (
      await fetch(`${office.url}/api/accounts`, { headers: { cookie: admin.cookie } })
    ).json()) as {
      accounts: { id: string; username: string }[];
    };
    const id = accounts.accounts.find(({ username }) => username === 'qianqi')?.id;
    await admin.act('PATCH', `/api/accounts/${id}`, { disabled: true });
    expect(await inside.end).toMatch(/^closed 440[13]$/);
    expect(await new Line({ url: office.url, cookie, documentId: own }).end).toBe('closed 4401');
    inside.cut();
  });
});

it('all of it left the server as it was: nothing on its log, its memory given back', async () => {
  await expect.poll(() => residentMiB(), { timeout: 30_000, interval: 500 }).toBeLessThan(400);
  expect(office.server.output).not.toMatch(/"level":50/);
});

function wireOf({ socket }: Line): Socket {
  // `ws` keeps the network socket in this field: bytes that are no frame of its making go out there.
  return (socket as unknown as { _socket: Socket })._socket;
}

let carets = 0;

/** Client 7 has moved again. */
function nextCaret(json: string): Uint8Array {
  carets += 1;
  return caret(7, carets, json);
}

function caret(as: number, clock: number, json: string): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [1, as, clock]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, json);
  });
}
