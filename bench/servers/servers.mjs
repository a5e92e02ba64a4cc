/** Every server the bench knows, and what a scenario may ask of one. */
import { duizhao } from './duizhao.mjs';
import { hocuspocusInMemory, hocuspocusSqlite } from './hocuspocus.mjs';
import { relay } from './relay.mjs';
import { yWebsocketInMemory, yWebsocketLeveldb } from './y-websocket.mjs';

/**
 * A place in a room: `large` rooms have twenty people with the right to write, `small` ones three.
 * @typedef {{ kind: 'large' | 'small', room: number, person: number }} Place
 *
 * @typedef {object} Running
 * @property {import('../child.mjs').Child} child
 * @property {number} port
 * @property {(place: Place) => import('../client.mjs').Seat} seat
 * @property {() => Promise<{ p50: number, p95: number, p99: number }>} [commits] the server's own figures of its commits, in ms
 *
 * @typedef {object} ServerKind
 * @property {string} id
 * @property {boolean} stores whether it keeps documents beyond its process
 * @property {string} note
 * @property {(workshop: string, rooms: { large: number, small: number }) => Promise<void>} [prepare] once, before the rounds
 * @property {(where: { dir: string, again?: boolean }) => Promise<Running>} start on an empty directory, or `again` on one it has used
 */

/** In the order of the table. @type {readonly ServerKind[]} */
export const servers = [relay, duizhao, hocuspocusInMemory, hocuspocusSqlite, yWebsocketInMemory, yWebsocketLeveldb];
