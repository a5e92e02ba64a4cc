/**
 * The listening port and its patience. A caller who sends his request too slowly, or none, is cut off; how many may be
 * connected is bounded. It also knows which requests are being answered, so that an ending server can let them finish.
 */
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Env } from './respond.ts';

export type ListenerLimits = {
  /** A request's head must be there by then, from its first byte or the connection's. */
  readonly headersTimeoutMs: number;
  /** The whole request: 1 MiB over a slow line fits in. */
  readonly requestTimeoutMs: number;
  /** Longer than the usual proxy keeps an idle connection, so that it is the proxy who closes. */
  readonly keepAliveTimeoutMs: number;
  /** How often connections are looked at for the two above. */
  readonly checkMs: number;
  /** Sockets of rooms included; more are closed as they come. */
  readonly maxConnections: number;
};

export const defaultLimits: ListenerLimits = {
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 60_000,
  keepAliveTimeoutMs: 75_000,
  checkMs: 5_000,
  maxConnections: 10_000,
};

export type ListenerOptions = {
  readonly fetch: Hono<Env>['fetch'];
  /** A frame of a room has at most this many bytes. */
  readonly maxFrameBytes: number;
  /** The sockets of rooms, when they are of a kind of their own. */
  readonly socket?: typeof WebSocket;
  readonly limits?: ListenerLimits;
};

export class Listener {
  readonly server: Server;
  readonly #sockets: WebSocketServer;
  readonly #answering = new Set<ServerResponse>();
  #drained: (() => void) | undefined;

  constructor({ fetch, maxFrameBytes, socket, limits = defaultLimits }: ListenerOptions) {
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: maxFrameBytes,
      maxFragments: 1024,
      perMessageDeflate: false,
      ...(socket === undefined ? {} : { WebSocket: socket }),
    });
    // Without `createServer` of its own it makes an HTTP/1.1 server.
    this.server = createAdaptorServer({
      fetch,
      websocket: { server: this.#sockets },
      serverOptions: {
        headersTimeout: limits.headersTimeoutMs,
        requestTimeout: limits.requestTimeoutMs,
        keepAliveTimeout: limits.keepAliveTimeoutMs,
        connectionsCheckingInterval: limits.checkMs,
        // A wish for anything else would leave its connection open with nobody to answer.
        shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
      },
    }) as Server;
    this.server.maxConnections = limits.maxConnections;
    // Before the adapter's own listener, which may have answered when it returns.
    this.server.prependListener('request', (_request, response) => this.#note(response));
  }

  /** Resolves once it listens; rejects with the operating system's error. */
  async listen(port: number, host: string): Promise<void> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
  }

  /** How many requests are being answered; a stream of events is one as long as it lasts. */
  get answering(): number {
    return this.#answering.size;
  }

  /** Resolves when no request is being answered. */
  async drained(): Promise<void> {
    if (this.#answering.size > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
  }

  /** Resolves when the last socket has ended its closing handshake. */
  async socketsClosed(): Promise<void> {
    const open: Iterable<WebSocket> = this.#sockets.clients;
    await Promise.all([...open].map((socket) => once(socket, 'close')));
  }

  /** Takes no more connections and cuts those that are left. */
  end(): void {
    this.server.close();
    this.server.closeAllConnections();
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  #note(response: ServerResponse): void {
    this.#answering.add(response);
    response.once('close', () => {
      this.#answering.delete(response);
      if (this.#answering.size === 0) this.#drained?.();
    });
  }
}
