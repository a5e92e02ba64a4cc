/**
 * The physical limit: forwards the bytes of a message to everybody else in the room and does no Yjs work. So that a cold open
 * has a limit, too, it keeps the last step 2 it was sent and answers step 1 with it.
 */
import { WebSocketServer } from 'ws';

/** @type {Map<string, { sockets: Set<import('ws').WebSocket>, text: Buffer | undefined }>} */
const rooms = new Map();

const server = new WebSocketServer({
  port: Number(process.env.PORT),
  host: '127.0.0.1',
  perMessageDeflate: false,
});

server.on('connection', (socket, request) => {
  const name = request.url ?? '';
  const room = rooms.get(name) ?? { sockets: new Set(), text: undefined };
  rooms.set(name, room);
  room.sockets.add(socket);
  socket.on('message', (/** @type {Buffer} */ data) => {
    if (data[0] === 0 && data[1] === 0) {
      if (room.text !== undefined) socket.send(room.text);
    } else if (data[0] === 0 && data[1] === 1) room.text = data;
    else for (const other of room.sockets) if (other !== socket) other.send(data);
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    room.sockets.delete(socket);
    if (room.sockets.size === 0 && room.text === undefined) rooms.delete(name);
  });
});

server.on('listening', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
