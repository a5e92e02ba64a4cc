/** Every scenario, in the order of the table. */
import { coldOpen } from './cold-open.mjs';
import { durability } from './durability.mjs';
import { fanOut } from './fan-out.mjs';
import { hostile } from './hostile.mjs';
import { idle } from './idle.mjs';
import { manyRooms } from './many-rooms.mjs';
import { saturation } from './saturation.mjs';

/**
 * @typedef {Record<string, number>} Figures
 *
 * @typedef {object} Setting
 * @property {boolean} quick
 * @property {(name: string, figures: Figures) => Promise<void>} record
 *
 * @typedef {object} Scenario
 * @property {string} letter
 * @property {{ large: number, small: number }} rooms how many the office must have
 * @property {{ large: number, small: number }} [quickRooms]
 * @property {readonly string[]} [quickServers] who takes part in a quick run; everybody, when it is not said
 * @property {boolean} [storesOnly] whether only servers that store take part
 * @property {boolean} [together] whether all servers run at the same time: nothing here depends on how fast they are
 * @property {boolean} [once] whether one round is enough, because it repeats by itself
 * @property {(host: import('../host.mjs').Host, setting: Setting) => Promise<void>} run
 */

/** @type {readonly Scenario[]} */
export const scenarios = [fanOut, manyRooms, saturation, coldOpen, idle, durability, hostile];
