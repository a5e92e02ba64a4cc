/** The socket edge on a real port, before a small world of rooms: the world's clock moves it. A cookie is a person's id. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { WebSocket } from 'ws';
import { Listener } from '../../server/http/listener.ts';
import type { Env } from '../../server/http/respond.ts';
import type { Session } from '../../server/identity/identity.ts';
import { hardFrameBytes, syncRoutes } from '../../server/sync/sync-route.ts';
import type { UserId } from '../../shared/ids.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import type { Person, RoomWorld } from './room-world.ts';

export class SocketEdge {
  readonly #world: RoomWorld;
  readonly #listener: Listener;
  readonly #sockets: WebSocket[] = [];
  /** With which code each socket was closed, in that order. */
  readonly closed: number[] = [];
  /** Called when one more is. */
  onClosed: () => void = () => undefined;
  /** Whose sessions have ended. */
  readonly signedOut = new Set<string>();
  readonly troubles: string[] = [];

  private constructor(world: RoomWorld) {
    this.#world = world;
    const app = new Hono<Env>();
    const sync = syncRoutes({
      registry: world.registry,
      clock: world.clock,
      identity: { who: async (headers) => this.#who(headers.get('cookie') ?? '') },
      isSameOrigin: () => true,
      onTrouble: (what) => this.troubles.push(what),
      onClosed: (code) => {
        this.closed.push(code);
        this.onClosed();
      },
    });
    app.route('/', sync);
    this.#listener = new Listener({ fetch: app.fetch, maxFrameBytes: hardFrameBytes });
  }

  static async open(world: RoomWorld): Promise<SocketEdge> {
    const edge = new SocketEdge(world);
    await edge.#listener.listen(0, '127.0.0.1');
    return edge;
  }

  #who(cookie: string): Session | undefined {
    if (cookie === '' || this.signedOut.has(cookie)) return undefined;
    const person = { id: cookie as UserId, name: '某人', mustChangePassword: false };
    // Of a person the edge reads these three.
    return { sessionId: cookie, person: person as Session['person'] };
  }

  /** A socket to the world's document. */
  async connect({ userId }: Person): Promise<WebSocket> {
    const { port } = this.#listener.server.address() as AddressInfo;
    const address = `ws://127.0.0.1:${port}/sync/${this.#world.documentId}?schema=${schemaNumber}`;
    const socket = new WebSocket(address, { headers: { cookie: userId } });
    this.#sockets.push(socket);
    await once(socket, 'message');
    return socket;
  }

  /** Resolves when so many sockets have been closed. */
  async hasClosed(count: number): Promise<void> {
    while (this.closed.length < count) await new Promise<void>((resolve) => (this.onClosed = resolve));
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#listener.end();
  }
}

/** Moves the clock to the next heartbeat, and resolves when the server has heard the answer to its ping. */
export async function beat(world: RoomWorld, socket: WebSocket, ms: number): Promise<void> {
  const pinged = once(socket, 'ping');
  world.clock.advance(ms);
  await pinged;
  // The server reads in order: when it answers this, it has read the answer to its own.
  const answered = once(socket, 'pong');
  socket.ping();
  await answered;
}
