/**
 * The socket edge: `GET /sync/<room>?schema=<n>`. Who asks, which room, which schema; then frames to and from the room.
 * No storage and no room logic here. What a browser must not reconnect to is told with a close code, so the socket is
 * accepted first; only a foreign origin is refused before the upgrade.
 */
import { upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import type { WebSocket } from 'ws';
import type { RoomId, UserId } from '../../shared/ids.ts';
import { type CloseCode, closeCodes } from '../../shared/protocol/close-codes.ts';
import { parseRoomName, syncPath } from '../../shared/protocol/room-name.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import type { Clock } from '../clock.ts';
import type { Identity, Session } from '../identity/identity.ts';
import type { Socket, Stretch, Visitor } from '../rooms/connection.ts';
import type { Registry } from '../rooms/registry.ts';
import type { Seat } from '../rooms/seat.ts';
import { Crowd } from './crowd.ts';
import { Heart, Heartbeat } from './heartbeat.ts';
import { SessionCheck } from './session-check.ts';
import { Turnstile } from './turnstile.ts';
import { readNoMore, writeFrames } from './wire.ts';

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
export type Whereabouts = { readonly documentId?: RoomId; readonly userId?: UserId };

/** A frame may have this many bytes; more closes with 4413. */
export const maxFrameBytes = 4 * 1024 * 1024;
/** From here on the socket library cuts by itself (1009), before it has read the frame. */
export const hardFrameBytes = 16 * 1024 * 1024;

/** Frames that may wait while the session and the room are looked up. */
const maxEarlyFrames = 64;
const maxEarlyBytes = 8 * 1024 * 1024;

export function syncRoutes(deps: SyncDeps): Hono {
  const app = new Hono();
  const house = {
    ...deps,
    heart: new Heart(deps.clock),
    sessions: new SessionCheck(deps.identity, deps.clock),
    crowd: new Crowd(),
    turnstile: new Turnstile(),
  };
  app.get(
    `${syncPath}:room`,
    async (c, next) => (deps.isSameOrigin(c.req.raw.headers) ? next() : c.text('foreign origin', 403)),
    upgradeWebSocket((c) => {
      // Nothing of the request itself is kept for as long as the socket lives.
      const cookie = c.req.header('cookie') ?? '';
      const ask = { room: c.req.param('room') ?? '', schema: c.req.query('schema') ?? '', cookie };
      return {
        onOpen: (_event, context) => {
          // upgradeWebSocket hands out the socket that the `ws` server made.
          const socket = context.raw as WebSocket;
          takeOver(socket, () => new Caller(house, ask, socket).start());
        },
      };
    }),
  );
  return app;
}

const events = ['message', 'close', 'error'] as const;

/**
 * Runs `work` once the adapter has put its own listeners on the socket, and takes them off again: nobody listens behind them,
 * and each would keep the whole request (some 6 KB) for as long as the socket lives. No frame can come in between: the
 * network is not looked at before this turn has ended.
 */
function takeOver(socket: WebSocket, work: () => void): void {
  const before = new Set(events.flatMap((event) => socket.rawListeners(event)));
  queueMicrotask(() => {
    for (const event of events) {
      for (const listener of socket.rawListeners(event)) {
        // Node types listeners as `Function`; what was added as one can be taken off as one.
        if (!before.has(listener)) socket.off(event, listener as () => void);
      }
    }
    work();
  });
}

type Ask = { readonly room: string; readonly schema: string; readonly cookie: string };
type House = SyncDeps & {
  readonly heart: Heart;
  readonly sessions: SessionCheck;
  readonly crowd: Crowd;
  readonly turnstile: Turnstile;
};

/** How long a closing handshake may take before the socket is cut. */
const closeGraceMs = 2_000;

/** One caller from the first byte to the last, and his socket as a room sees it. */
class Caller implements Socket {
  readonly #house: House;
  readonly #ask: Ask;
  readonly #socket: WebSocket;
  readonly #heartbeat: Heartbeat;
  /** Frames that came before the seat; made with the first. */
  #early: Uint8Array[] | undefined;
  #earlyBytes = 0;
  #seat: Seat | undefined;
  #session: string | undefined;
  #where: Whereabouts = {};
  #closedWith: CloseCode | undefined;
  #ended = false;
  #counted = false;

  constructor(house: House, ask: Ask, socket: WebSocket) {
    this.#house = house;
    this.#ask = ask;
    this.#socket = socket;
    this.#heartbeat = new Heartbeat(house.heart, socket, () => this.#recheck());
  }

  send(frames: readonly Uint8Array[], without?: Stretch, last?: Uint8Array): void {
    writeFrames(this.#socket, frames, without, last);
  }

  close(code: CloseCode, reason: string): void {
    this.#early = undefined;
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#closedWith = code;
    this.#socket.close(code, reason);
    this.#cutSoon();
  }

  #cutSoon(): void {
    this.#house.clock.after(closeGraceMs, () => this.#socket.terminate());
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  start(): void {
    this.#socket.binaryType = 'nodebuffer';
    this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on('close', (code) => this.#end(code));
    // The library has sent its close frame by then; the caller gets a moment to read it.
    this.#socket.on('error', () => {
      readNoMore(this.#socket);
      this.#cutSoon();
    });
    this.#enter().catch((error: unknown) => {
      this.#house.onTrouble('enter', error);
      this.close(closeCodes.tryAgain, 'try again');
    });
  }

  async #enter(): Promise<void> {
    if (this.#ask.schema !== String(schemaNumber)) return this.close(closeCodes.pageTooOld, 'page too old');
    const room = parseRoomName(this.#ask.room);
    const session = await this.#house.turnstile.pass(async () =>
      this.#ended ? undefined : this.#house.identity.who(new Headers({ cookie: this.#ask.cookie })),
    );
    if (session === undefined) return this.close(closeCodes.signedOut, 'signed out');
    this.#session = session.sessionId;
    if (session.person.mustChangePassword) return this.close(closeCodes.noAccess, 'password must be changed');
    this.#where = { userId: session.person.id };
    if (room === undefined) return this.close(closeCodes.noSuchRoom, 'no such room');
    this.#where = { documentId: room, userId: session.person.id };
    if (this.#ended) return;
    this.#counted = this.#house.crowd.enter(session.person.id, room);
    if (!this.#counted) return this.close(closeCodes.tryAgain, 'too many connections');
    const seat = await this.#house.registry.enter(room, visitorOf(session), this);
    if (seat === 'no_such_room') return this.close(closeCodes.noSuchRoom, 'no such room');
    if (seat === 'no_access') return this.close(closeCodes.noAccess, 'no access');
    if (seat === 'restarting') return this.close(closeCodes.restarting, 'restarting');
    this.#seat = seat;
    if (this.#ended) return seat.leave();
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const frame of early) seat.receive(frame);
  }

  #receive(data: unknown, isBinary: boolean): void {
    if (this.#ended) return;
    this.#heartbeat.heard();
    if (!isBinary || !(data instanceof Uint8Array)) this.close(closeCodes.malformed, 'binary frames only');
    else if (data.length > maxFrameBytes) this.close(closeCodes.tooLarge, 'frame too large');
    else if (this.#seat === undefined) this.#keepEarly(data);
    else this.#seat.receive(data);
  }

  #keepEarly(data: Uint8Array): void {
    this.#early ??= [];
    this.#early.push(data);
    this.#earlyBytes += data.length;
    if (this.#early.length > maxEarlyFrames || this.#earlyBytes > maxEarlyBytes) {
      this.close(closeCodes.tryAgain, 'too early');
    }
  }

  /** A session may end while its socket is open; and who owes the room an answer has not for ever. */
  async #recheck(): Promise<void> {
    this.#seat?.beat();
    if (this.#session === undefined) return;
    if (!(await this.#house.sessions.holds(this.#session, this.#ask.cookie))) {
      this.close(closeCodes.signedOut, 'signed out');
    }
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#house.onClosed?.(this.#closedWith ?? code, this.#where);
    this.#heartbeat.stop();
    const { userId, documentId } = this.#where;
    if (this.#counted && userId !== undefined && documentId !== undefined) {
      this.#house.crowd.leave(userId, documentId);
    }
    this.#seat?.leave();
  }
}

function visitorOf(session: Session): Visitor {
  return { userId: session.person.id, name: session.person.name, session: session.sessionId };
}
