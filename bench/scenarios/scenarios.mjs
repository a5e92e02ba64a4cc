/** Every scenario, in the order of the table. */
import { fanOut } from './fan-out.mjs';
import { manyRooms } from './many-rooms.mjs';
import { saturation } from './saturation.mjs';

/**
 * @typedef {Record<string, number>} Figures
 *
 * @typedef {object} Setting
 * @property {boolean} quick
 * @property {import('../servers/servers.mjs').ServerKind} kind
 * @property {(signal: 'SIGTERM' | 'SIGKILL') => Promise<import('../servers/servers.mjs').Running>} restart ends the server and starts it on the same directory
 * @property {(name: string, figures: Figures) => Promise<void>} record
 *
 * @typedef {object} Scenario
 * @property {string} letter
 * @property {{ large: number, small: number }} rooms how many the office must have
 * @property {{ large: number, small: number }} [quickRooms]
 * @property {(kind: import('../servers/servers.mjs').ServerKind) => boolean} [suits] whether a server can take part
 * @property {(running: import('../servers/servers.mjs').Running, setting: Setting) => Promise<void>} run
 */

/** @type {readonly Scenario[]} */
export const scenarios = [fanOut, manyRooms, saturation];
