/** Frames as they go over a real socket, read by an unmodified `ws` client. */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { writeFrames } from '../../../server/sync/wire.ts';

let server: WebSocketServer;
let ours: WebSocket;
let theirs: WebSocket;
let heard: Uint8Array[];

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  theirs = new WebSocket(`ws://127.0.0.1:${port}`);
  heard = [];
  theirs.on('message', (data: Buffer) => heard.push(new Uint8Array(data)));
  [ours] = (await once(server, 'connection')) as [WebSocket];
  await once(theirs, 'open');
});

afterEach(() => {
  theirs.terminate();
  server.close();
});

const frame = (length: number, fill: number) => new Uint8Array(length).fill(fill);

/** Everything that was written before has been heard when this resolves. */
async function flushed(): Promise<void> {
  const ping = once(theirs, 'ping');
  ours.ping();
  await ping;
}

describe('writing frames', () => {
  it('[RM3] carries frames of every length class, in order', async () => {
    const frames = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000].map((length, index) => frame(length, index));
    writeFrames(ours, frames);
    await flushed();
    expect(heard).toEqual(frames);
  });

  it('[RM3] leaves out a stretch wherever it stands, and puts the receipt last', async () => {
    const frames = [10, 200, 70_000, 3].map((length, index) => frame(length, index + 1));
    const receipt = frame(9, 99);
    for (let start = 0; start <= frames.length; start += 1) {
      for (let end = start; end <= frames.length; end += 1) {
        heard = [];
        writeFrames(ours, frames, { start, end }, receipt);
        await flushed();
        expect(heard).toEqual([...frames.slice(0, start), ...frames.slice(end), receipt]);
      }
    }
  });

  it('[RM3] hands the same bytes to every receiver of a turn: they are built once', () => {
    const frames = [frame(20, 1), frame(30, 2)];
    const written: unknown[] = [];
    const receiver = () => ({
      OPEN: 1,
      readyState: 1,
      _socket: { cork: () => undefined, uncork: () => undefined, write: (bytes: unknown) => written.push(bytes) },
    });
    for (const socket of [receiver(), receiver()]) writeFrames(socket as unknown as WebSocket, frames);
    expect(written).toHaveLength(2);
    expect(written[0]).toBe(written[1]);
  });

  it('writes nothing to a socket that is closing', async () => {
    ours.close(4403);
    const written: unknown[] = [];
    // The other side would pass over what comes behind a close frame; so the wire itself is looked at.
    const { _socket: network } = ours as unknown as { _socket: Socket };
    const { write } = network;
    // Overloaded; here it takes bytes.
    network.write = ((bytes: Uint8Array) => {
      written.push(bytes);
      return write.call(network, bytes);
    }) as typeof write;
    writeFrames(ours, [frame(5, 1)]);
    expect(written).toEqual([]);
    await once(theirs, 'close');
    writeFrames(ours, [frame(5, 1)]);
    expect(heard).toEqual([]);
  });
});
