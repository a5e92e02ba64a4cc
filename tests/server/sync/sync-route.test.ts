/** The socket edge of the real server, spoken to by plain sockets and by an unmodified y-websocket client. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Person } from '../../../server/demo/person.ts';
import { messageTypes } from '../../../shared/protocol/frames.ts';
import { schemaNumber } from '../../../shared/protocol/version.ts';
import { type Product, startProduct } from '../../support/running-product.ts';

let product: Product;
let leader: Person;
let author: Person;
let other: Person;
let administrator: Person;
let outline: string;

beforeAll(async () => {
  product = await startProduct();
  leader = await product.signIn('zhangsan');
  author = await product.signIn('lisi');
  other = await product.signIn('wangwu');
  administrator = await product.signIn('admin');
  outline = product.documentOf('lisi');
});

afterAll(async () => {
  await product.close();
});

type Ask = { readonly cookie?: string; readonly origin?: string; readonly room?: string; readonly schema?: string };

function open({ cookie = author.cookie, origin = product.url, room = outline, schema = String(schemaNumber) }: Ask) {
  const address = `${product.url.replace('http', 'ws')}/sync/${room}?schema=${schema}`;
  return new WebSocket(address, { headers: { cookie, origin } });
}

async function closeCode(ask: Ask): Promise<number> {
  const [code] = await once(open(ask), 'close');
  return Number(code);
}

describe('the way in', () => {
  it('[PR] closes a page of another schema with 4426 before the first sync byte', async () => {
    const socket = open({ schema: '99' });
    const heard: unknown[] = [];
    socket.on('message', (data) => heard.push(data));
    const [code] = await once(socket, 'close');
    expect(code).toBe(4426);
    expect(heard).toEqual([]);
  });

  it('closes the signed-out with 4401', async () => {
    expect(await closeCode({ cookie: '' })).toBe(4401);
    expect(await closeCode({ cookie: 'duizhao.session_token=forged.forged' })).toBe(4401);
  });

  it('closes the leader before the first submission, another member and the administrator with 4403', async () => {
    expect(await closeCode({ cookie: leader.cookie })).toBe(4403);
    expect(await closeCode({ cookie: other.cookie })).toBe(4403);
    expect(await closeCode({ cookie: administrator.cookie })).toBe(4403);
  });

  it('closes unknown and ill-formed rooms with 4404', async () => {
    expect(await closeCode({ room: 'doc_00000000000000000000000000' })).toBe(4404);
    expect(await closeCode({ room: 'anything' })).toBe(4404);
  });

  it('refuses a foreign origin before the upgrade', async () => {
    const [error] = await once(open({ origin: 'http://evil.example' }), 'error');
    expect(String(error)).toContain('403');
  });

  it('says what the connection may do before anything else', async () => {
    const socket = open({});
    const [first] = await once(socket, 'message');
    expect(first[0]).toBe(messageTypes.access);
    socket.close();
    await once(socket, 'close');
  });
});

describe('frames', () => {
  async function sendAndClose(send: (socket: WebSocket) => void): Promise<number> {
    const socket = open({});
    await once(socket, 'message');
    const closed = once(socket, 'close');
    send(socket);
    const [code] = await closed;
    return Number(code);
  }

  it('[RM5] closes whoever sends text, nonsense or a truncated frame with 4400', async () => {
    expect(await sendAndClose((socket) => socket.send('hello'))).toBe(4400);
    expect(await sendAndClose((socket) => socket.send(new Uint8Array([77, 1, 2])))).toBe(4400);
    expect(await sendAndClose((socket) => socket.send(new Uint8Array([0, 2, 200])))).toBe(4400);
  });

  it('closes whoever sends more than 4 MiB with 4413, and more than the library reads as well', async () => {
    expect(await sendAndClose((socket) => socket.send(new Uint8Array(5 * 1024 * 1024)))).toBe(4413);
    expect(await sendAndClose((socket) => socket.send(new Uint8Array(64 * 1024 * 1024)))).toBe(4413);
  });
});

describe('what the library reads', () => {
  async function begin(): Promise<WebSocket> {
    const socket = open({});
    socket.on('error', () => undefined);
    await once(socket, 'message');
    return socket;
  }

  it('[PR3] is cut by it before a frame of more than 16 MiB has come', async () => {
    const socket = await begin();
    const closed = once(socket, 'close');
    const head = Buffer.from([0x82, 0x80 | 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(BigInt(16 * 1024 * 1024 + 1), 2);
    // Of the frame nothing but its head is sent: `ws` has no way to say that.
    (socket as unknown as { _socket: Socket })._socket.write(head);
    expect((await closed)[0]).toBe(4413);
  });

  it('[PR3] is no message in thousands of fragments', async () => {
    const socket = await begin();
    const closed = once(socket, 'close');
    for (let n = 0; n < 1_100; n += 1) socket.send(new Uint8Array([0]), { fin: false });
    expect((await closed)[0]).toBe(4400);
  });
});

describe('a crowd', () => {
  it('[PR13] lets one person have fifty connections in a room, and asks more to come back later', async () => {
    // Somebody whose earlier connections are all over: one that was cut off counts until its caller has had time to read why.
    const theirs = { cookie: other.cookie, room: product.documentOf('wangwu') };
    const sockets = Array.from({ length: 50 }, () => open(theirs));
    await Promise.all(sockets.map((socket) => once(socket, 'message')));
    expect(await closeCode(theirs)).toBe(1013);
    sockets[0]?.close();
    await Promise.all(sockets.slice(0, 1).map((socket) => once(socket, 'close')));
    const again = open(theirs);
    await once(again, 'message');
    for (const socket of [...sockets, again]) socket.terminate();
  });
});

describe('an unmodified y-websocket client', () => {
  function provider(person: Person): { readonly doc: Y.Doc; readonly provider: WebsocketProvider } {
    const doc = new Y.Doc();
    class SignedInSocket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers: { cookie: person.cookie, origin: product.url } });
      }
    }
    const made = new WebsocketProvider(`${product.url.replace('http', 'ws')}/sync`, outline, doc, {
      params: { schema: String(schemaNumber) },
      disableBc: true,
      // ws has the browser's interface except for its event types.
      WebSocketPolyfill: SignedInSocket as unknown as typeof globalThis.WebSocket,
    });
    return { doc, provider: made };
  }

  async function synced(made: WebsocketProvider): Promise<void> {
    if (!made.synced) await new Promise<void>((resolve) => made.once('sync', () => resolve()));
  }

  it('syncs, writes and reads what another page of the same author wrote', async () => {
    const first = provider(author);
    const second = provider(author);
    await Promise.all([synced(first.provider), synced(second.provider)]);
    const arrived = new Promise<void>((resolve) => {
      second.doc.on('update', () => {
        if (second.doc.getXmlFragment('s:opening').toString().includes('按照局党组安排')) resolve();
      });
    });
    const block = first.doc.getXmlFragment('s:opening').get(0);
    if (!(block instanceof Y.XmlElement)) throw new Error('the server seeds a paragraph');
    block.insert(0, [new Y.XmlText('按照局党组安排，')]);
    await arrived;
    expect(second.doc.getXmlFragment('s:opening').toString()).toBe(first.doc.getXmlFragment('s:opening').toString());
    first.provider.destroy();
    second.provider.destroy();
  });

  it('stops for good when it has no access', async () => {
    const made = provider(other);
    const [event] = await new Promise<[{ code: number }]>((resolve) =>
      made.provider.once('closed', (e) => resolve([e])),
    );
    expect(event.code).toBe(4403);
    expect(made.provider.shouldConnect).toBe(false);
    made.provider.destroy();
  });
});
