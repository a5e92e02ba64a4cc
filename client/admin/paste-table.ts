/**
 * Accounts from a pasted table: 用户名 姓名 职务 单位 角色, parted by tabs (from WPS or Excel) or commas, one person a line.
 * A heading line is recognised and left out. Pure: every line comes back either ready or with what is wrong with it.
 */
import { type Role, roles } from '../../shared/access/can.ts';
import {
  type CreateAccountBody,
  dutySchema,
  personNameSchema,
  type Unit,
  usernameSchema,
} from '../../shared/api/people.ts';
import type { UnitId } from '../../shared/ids.ts';

export const pasteFaults = [
  'columns', // not three to five columns
  'username', // not a username
  'name', // empty or too long
  'duty', // too long
  'unit', // no such unit
  'role', // no such role
  'twice', // the same username further up
  'taken', // an account of this name exists
] as const;
export type PasteFault = (typeof pasteFaults)[number];

export type PastedLine = {
  /** The line's number in the pasted text, from 1. */
  readonly number: number;
  readonly username: string;
  readonly name: string;
  readonly duty: string;
  readonly unit: string;
  readonly role: string;
  readonly faults: readonly PasteFault[];
  /** The account to create; undefined when something is wrong. */
  readonly account: CreateAccountBody | undefined;
};

export type PasteRules = {
  readonly units: readonly Unit[];
  /** The unit of a line that names none. */
  readonly home: UnitId;
  readonly taken: ReadonlySet<string>;
  /** Roles by the names people write, in any of the interface's languages. */
  readonly roleNames: ReadonlyMap<string, Role | 'administrator'>;
};

const separators = /[\t,，;；]/;
const headingWords = /^(?:用户名|账号|username|user)$/i;

export function parsePastedTable(text: string, rules: PasteRules): PastedLine[] {
  const lines: PastedLine[] = [];
  const usernames = new Set<string>();
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const cells = cellsOf(line);
    if (lines.length === 0 && headingWords.test(cells[0] ?? '')) return;
    const parsed = readLine(index + 1, cells, usernames, rules);
    usernames.add(parsed.username.toLowerCase());
    lines.push(parsed);
  });
  return lines;
}

/** A line's cells: by tab when it has one, so that a 职务 may hold a comma; quotation marks around a cell are the table's. */
function cellsOf(line: string): string[] {
  const cells = line.split(line.includes('\t') ? '\t' : separators);
  return cells.map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

function readLine(
  number: number,
  cells: readonly string[],
  earlier: ReadonlySet<string>,
  rules: PasteRules,
): PastedLine {
  const [username = '', name = '', duty = '', unit = '', role = ''] = cells;
  const faults: PasteFault[] = [];
  const { length } = cells;
  if (length < 2 || cells.slice(5).some((cell) => cell !== '')) faults.push('columns');
  if (!usernameSchema.safeParse(username).success) faults.push('username');
  if (!personNameSchema.safeParse(name).success) faults.push('name');
  if (!dutySchema.safeParse(duty).success) faults.push('duty');
  const unitId = unit === '' ? rules.home : rules.units.find((known) => known.name === unit)?.id;
  if (unitId === undefined) faults.push('unit');
  const position = role === '' ? 'member' : rules.roleNames.get(role.toLowerCase());
  if (position === undefined) faults.push('role');
  if (earlier.has(username.toLowerCase())) faults.push('twice');
  if (rules.taken.has(username.toLowerCase())) faults.push('taken');
  const account =
    faults.length > 0 || unitId === undefined || position === undefined
      ? undefined
      : { username, name, duty, unitId, ...standing(position) };
  return { number, username, name, duty, unit, role, faults, account };
}

/** An administrator's usual role is never asked for; office is the least. */
function standing(position: Role | 'administrator'): { position: Role; administrator: boolean } {
  return position === 'administrator'
    ? { position: 'office', administrator: true }
    : { position, administrator: false };
}

/** Every name of every role, as both languages write it, for reading what people paste. */
export function roleNamesFrom(
  wordLists: readonly ((role: Role | 'administrator') => string)[],
): PasteRules['roleNames'] {
  const names = new Map<string, Role | 'administrator'>();
  for (const role of [...roles, 'administrator'] as const) {
    names.set(role, role);
    for (const wordOf of wordLists) names.set(wordOf(role).toLowerCase(), role);
  }
  return names;
}
