/**
 * The socket edge: `GET /sync/<room>?schema=<n>`. Who asks, which room, which schema; then frames to and from the room.
 * No storage and no room logic here. What a browser must not reconnect to is told with a close code, so the socket is
 * accepted first; only a foreign origin is refused before the upgrade.
 */
import { upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import type { WebSocket } from 'ws';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import { type CloseCode, closeCodes } from '../../shared/protocol/close-codes.ts';
import { parseRoomName, syncPath } from '../../shared/protocol/room-name.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import type { Clock } from '../clock.ts';
import type { Identity, Session } from '../identity/identity.ts';
import type { Socket, Visitor } from '../rooms/connection.ts';
import type { Registry, Seat } from '../rooms/registry.ts';
import { Heartbeat } from './heartbeat.ts';

export type SyncDeps = {
  readonly registry: Registry;
  readonly identity: Identity;
  readonly clock: Clock;
  /** Whether a request comes from one of our own pages. */
  readonly isSameOrigin: (headers: Headers) => boolean;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Hears with which code every socket was closed, by us or by the caller, whose and in which room. */
  readonly onClosed?: (code: number, where: Whereabouts) => void;
};

/** What is known of a caller, as ids. */
export type Whereabouts = { readonly documentId?: DocumentId; readonly userId?: UserId };

/** A frame may have this many bytes; more closes with 4413. */
export const maxFrameBytes = 4 * 1024 * 1024;
/** From here on the socket library cuts by itself (1009), before it has read the frame. */
export const hardFrameBytes = 16 * 1024 * 1024;

/** Frames that may wait while the session and the room are looked up. */
const maxEarlyFrames = 64;
const maxEarlyBytes = 8 * 1024 * 1024;

export function syncRoutes(deps: SyncDeps): Hono {
  const app = new Hono();
  app.get(
    `${syncPath}:room`,
    async (c, next) => (deps.isSameOrigin(c.req.raw.headers) ? next() : c.text('foreign origin', 403)),
    upgradeWebSocket((c) => {
      const ask = { room: c.req.param('room') ?? '', schema: c.req.query('schema') ?? '', headers: c.req.raw.headers };
      return {
        onOpen: (_event, context) => {
          // upgradeWebSocket hands out the socket that the `ws` server made.
          const socket = context.raw as WebSocket;
          new Caller(deps, ask, socket).start();
        },
      };
    }),
  );
  return app;
}

type Ask = { readonly room: string; readonly schema: string; readonly headers: Headers };

/** One caller from the first byte to the last. */
class Caller {
  readonly #deps: SyncDeps;
  readonly #ask: Ask;
  readonly #socket: WebSocket;
  readonly #heartbeat: Heartbeat;
  #early: Uint8Array[] = [];
  #earlyBytes = 0;
  #seat: Seat | undefined;
  #where: Whereabouts = {};
  #closedWith: CloseCode | undefined;
  #ended = false;

  constructor(deps: SyncDeps, ask: Ask, socket: WebSocket) {
    this.#deps = deps;
    this.#ask = ask;
    this.#socket = socket;
    this.#heartbeat = new Heartbeat(deps.clock, socket, () => this.#recheck());
  }

  start(): void {
    this.#socket.binaryType = 'nodebuffer';
    this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on('close', (code) => this.#end(code));
    this.#socket.on('error', () => this.#socket.terminate());
    this.#heartbeat.start();
    this.#enter().catch((error: unknown) => {
      this.#deps.onTrouble('enter', error);
      this.#close(closeCodes.tryAgain, 'try again');
    });
  }

  async #enter(): Promise<void> {
    if (this.#ask.schema !== String(schemaNumber)) return this.#close(closeCodes.pageTooOld, 'page too old');
    const room = parseRoomName(this.#ask.room);
    const session = await this.#deps.identity.who(this.#ask.headers);
    if (session === undefined) return this.#close(closeCodes.signedOut, 'signed out');
    if (session.person.mustChangePassword) return this.#close(closeCodes.noAccess, 'password must be changed');
    this.#where = { userId: session.person.id };
    if (room === undefined) return this.#close(closeCodes.noSuchRoom, 'no such room');
    this.#where = { documentId: room, userId: session.person.id };
    const seat = await this.#deps.registry.enter(room, visitorOf(session), this.#wire());
    if (seat === 'no_such_room') return this.#close(closeCodes.noSuchRoom, 'no such room');
    if (seat === 'no_access') return this.#close(closeCodes.noAccess, 'no access');
    if (seat === 'restarting') return this.#close(closeCodes.restarting, 'restarting');
    this.#seat = seat;
    if (this.#ended) return seat.leave();
    for (const frame of this.#early.splice(0)) seat.receive(frame);
  }

  #receive(data: unknown, isBinary: boolean): void {
    if (this.#ended) return;
    this.#heartbeat.heard();
    if (!isBinary || !(data instanceof Uint8Array)) this.#close(closeCodes.malformed, 'binary frames only');
    else if (data.length > maxFrameBytes) this.#close(closeCodes.tooLarge, 'frame too large');
    else if (this.#seat === undefined) this.#keepEarly(data);
    else this.#seat.receive(data);
  }

  #keepEarly(data: Uint8Array): void {
    this.#early.push(data);
    this.#earlyBytes += data.length;
    if (this.#early.length > maxEarlyFrames || this.#earlyBytes > maxEarlyBytes) {
      this.#close(closeCodes.tryAgain, 'too early');
    }
  }

  /** A session may end while its socket is open. */
  async #recheck(): Promise<void> {
    if ((await this.#deps.identity.who(this.#ask.headers)) === undefined)
      this.#close(closeCodes.signedOut, 'signed out');
  }

  #close(code: CloseCode, reason: string): void {
    this.#early = [];
    this.#wire().close(code, reason);
  }

  #wire(): Socket {
    return socketOf(this.#socket, (code) => {
      this.#closedWith = code;
    });
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#deps.onClosed?.(this.#closedWith ?? code, this.#where);
    this.#heartbeat.stop();
    this.#seat?.leave();
  }
}

function visitorOf(session: Session): Visitor {
  return { userId: session.person.id, name: session.person.name, session: session.sessionId };
}

/** How long a closing handshake may take before the socket is cut. */
const closeGraceMs = 2_000;

/** The socket as a room sees it; `onClose` hears of an end that is ours. */
function socketOf(socket: WebSocket, onClose: (code: CloseCode) => void): Socket {
  return {
    send: (frames) => writeTogether(socket, frames),
    close: (code, reason) => {
      if (socket.readyState !== socket.OPEN) return;
      onClose(code);
      socket.close(code, reason);
      setTimeout(() => socket.terminate(), closeGraceMs).unref();
    },
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}

/** Several frames, one write: the network socket is corked around them. */
function writeTogether(socket: WebSocket, frames: readonly Uint8Array[]): void {
  if (socket.readyState !== socket.OPEN) return;
  // `ws` keeps the network socket in this field; it is the only way to write several frames at once.
  const { _socket: wire } = socket as unknown as { _socket: { cork(): void; uncork(): void } | null };
  if (frames.length > 1) wire?.cork();
  for (const frame of frames) socket.send(frame);
  if (frames.length > 1) wire?.uncork();
}
