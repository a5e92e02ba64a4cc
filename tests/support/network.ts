/**
 * The network between browsers and the server: a TCP relay whose WebSocket lines can die without a word, be dropped when
 * idle, and lose or alter single frames on their way to the page. What is plain HTTP passes untouched.
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of a frame from the server: another one, or undefined when it is lost. */
export type OnTheWay = (message: Buffer) => Buffer | undefined;

export class Network {
  readonly #server: Server;
  readonly #target: number;
  readonly #lines = new Set<Line>();
  /** WebSocket lines on which nothing was sent for so long are cut. */
  idleLimitMs: number | undefined;
  onTheWay: OnTheWay = (message) => message;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ noDelay: true }, (browser) => this.#accept(browser));
  }

  /** A relay to the server at this port. */
  static async to(port: number): Promise<Network> {
    const network = new Network(port);
    network.#server.listen(0, '127.0.0.1');
    await once(network.#server, 'listening');
    return network;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the network is down');
    return `http://127.0.0.1:${address.port}`;
  }

  /** How many WebSocket lines are alive. */
  get sockets(): number {
    return [...this.#lines].filter(({ isWebSocket, dead }) => isWebSocket && !dead).length;
  }

  /** Every open WebSocket line dies: nothing passes, nothing is closed, nobody is told. New lines work. */
  silence(): void {
    for (const line of this.#lines) if (line.isWebSocket) line.dead = true;
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(browser: Socket): void {
    const line = new Line(browser, connect({ port: this.#target, host: '127.0.0.1', noDelay: true }), this);
    this.#lines.add(line);
    browser.on('close', () => this.#lines.delete(line));
  }
}

/** One connection, in both directions. */
class Line {
  readonly #browser: Socket;
  readonly #server: Socket;
  readonly #network: Network;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #rest = Buffer.alloc(0);
  isWebSocket = false;
  dead = false;

  constructor(browser: Socket, server: Socket, network: Network) {
    this.#browser = browser;
    this.#server = server;
    this.#network = network;
    browser.on('data', (bytes) => this.#pass(bytes, server));
    server.on('data', (bytes) => this.#fromServer(bytes));
    for (const side of [browser, server]) {
      side.on('error', () => this.cut());
      side.on('close', () => {
        if (!this.dead) this.cut();
      });
    }
  }

  cut(): void {
    clearTimeout(this.#idle);
    this.#browser.destroy();
    this.#server.destroy();
  }

  #pass(bytes: Buffer, to: Socket): void {
    if (this.dead) return;
    to.write(bytes);
    this.#stir();
  }

  #stir(): void {
    clearTimeout(this.#idle);
    const { idleLimitMs } = this.#network;
    if (this.isWebSocket && idleLimitMs !== undefined) this.#idle = setTimeout(() => this.cut(), idleLimitMs);
  }

  #fromServer(bytes: Buffer): void {
    if (this.dead) return;
    if (!this.isWebSocket) {
      if (!bytes.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
        this.#pass(bytes, this.#browser);
        return;
      }
      const end = bytes.indexOf('\r\n\r\n') + 4;
      this.isWebSocket = true;
      this.#pass(bytes.subarray(0, end), this.#browser);
      bytes = bytes.subarray(end);
    }
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let frame = readFrame(this.#rest); frame !== undefined; frame = readFrame(this.#rest)) {
      this.#rest = this.#rest.subarray(frame.head.length + frame.message.length);
      const message = frame.isBinary ? this.#network.onTheWay(frame.message) : frame.message;
      // An altered message keeps its length, so the frame's head stays true.
      if (message !== undefined) this.#pass(Buffer.concat([frame.head, message]), this.#browser);
    }
  }
}

type Frame = { readonly head: Buffer; readonly message: Buffer; readonly isBinary: boolean };

/** The first frame, when it is complete. A server's frames are not masked. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const headLength = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < headLength) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < headLength + length) return undefined;
  return {
    head: bytes.subarray(0, headLength),
    message: bytes.subarray(headLength, headLength + length),
    isBinary: (bytes.readUInt8(0) & 0x0f) === 2,
  };
}
