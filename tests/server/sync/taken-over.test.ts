/** What the server keeps of a caller's request for as long as his socket lives: nothing. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Listener } from '../../../server/http/listener.ts';
import { ProductSocket } from '../../../server/sync/product-socket.ts';
import { hardFrameBytes, syncRoutes } from '../../../server/sync/sync-route.ts';
import { encodeSync, messageTypes } from '../../../shared/protocol/frames.ts';
import { schemaNumber } from '../../../shared/protocol/version.ts';
import { RoomWorld } from '../../support/room-world.ts';

const accepted: ProductSocket[] = [];
class WatchedSocket extends ProductSocket {
  override emit(event: string | symbol, ...about: unknown[]): boolean {
    if (!accepted.includes(this)) accepted.push(this);
    return super.emit(event, ...about);
  }
}

let world: RoomWorld;
let listener: Listener;

beforeEach(async () => {
  accepted.length = 0;
  world = await RoomWorld.open();
  const { userId } = world.person('alice');
  const person = {
    id: userId,
    username: 'alice',
    name: 'alice',
    duty: '',
    unitId: world.newId('unit'),
    position: 'office',
    administrator: false,
    disabled: false,
    mustChangePassword: false,
    createdAt: '2022-12-01T00:00:00.000Z',
  } as const;
  const routes = syncRoutes({
    registry: world.registry,
    identity: { who: async () => ({ sessionId: 'session', person }) },
    clock: world.clock,
    isSameOrigin: () => true,
    onTrouble: (what) => world.troubles.push(what),
  });
  listener = new Listener({ fetch: routes.fetch, maxFrameBytes: hardFrameBytes, socket: WatchedSocket });
  await listener.listen(0, '127.0.0.1');
});

afterEach(async () => {
  listener.end();
  await world.close();
});

it('[PR] only the room listens to a socket, and to every frame of it', async () => {
  // It listens on TCP and so has an address with a port.
  const { port } = listener.server.address() as AddressInfo;
  const caller = new WebSocket(`ws://127.0.0.1:${port}/sync/${world.documentId}?schema=${schemaNumber}`);
  const heard: number[] = [];
  caller.on('message', (data: Buffer) => heard.push(data[0] ?? -1));
  await once(caller, 'open');
  // Right behind the handshake, before anybody knows who asks.
  caller.send(encodeSync('step1', new Uint8Array([0])));
  while (heard.filter((type) => type === messageTypes.sync).length < 2) await once(caller, 'message');
  expect(heard[0]).toBe(messageTypes.access);
  const [socket] = accepted;
  expect([socket?.listenerCount('message'), socket?.listenerCount('error')]).toEqual([1, 1]);
  expect(world.registry.status().connections).toBe(1);
  const ended = socket === undefined ? Promise.resolve([]) : once(socket, 'close');
  caller.close();
  await ended;
  expect(world.registry.status().connections).toBe(0);
  expect(world.troubles).toEqual([]);
});
