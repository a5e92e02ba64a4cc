/** Updates that look harmless field by field and are not. Each once got in. */
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createIds } from '../../../server/ids.ts';
import { admit, type Ground } from '../../../server/rooms/admit.ts';
import type { Writer } from '../../../server/storage/storage.ts';
import { content, type ForgedStruct, forge } from '../../support/adversary-forge.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const me = createIds(new FakeClock())('user');
const root = 's:opening';
const hostile = 4_000_000_000;

let server: Y.Doc;
let ground: Ground;
/** The section holds a block (clock 0) with a text (1) of 甲𠮷乙 (2–5) and an id (6); a second block follows (7–9). */
const [block, text, letters, id] = [0, 1, 2, 6].map((clock) => ({ client: 1, clock })) as [Y.ID, Y.ID, Y.ID, Y.ID];

beforeEach(() => {
  server = new Y.Doc();
  server.clientID = 1;
  server.getXmlFragment(root);
  const structs: ForgedStruct[] = [
    { content: content.type(3, 'paragraph'), parent: root },
    { content: content.type(6), parent: block },
    { content: content.string('甲𠮷乙'), parent: text },
    { content: content.any('block-0001'), parent: block, sub: 'id' },
    { content: content.type(3, 'paragraph'), origin: block },
    { content: content.type(6), parent: { client: 1, clock: 7 } },
    { content: content.any('block-0002'), parent: { client: 1, clock: 7 }, sub: 'id' },
  ];
  Y.applyUpdate(server, forge([{ client: 1, clock: 0, structs }]));
  const writers = new Map<number, Writer>([[1, me]]);
  ground = { doc: server, bodyKeys: new Set(['opening']), remarkIds: new Set(), writers };
});

function verdict(update: Uint8Array): string {
  const result = admit(ground, update, me, true);
  return result.ok ? 'admitted' : result.error.code;
}

function mine(...structs: readonly ForgedStruct[]) {
  return { client: hostile, clock: 0, structs };
}

describe('characters', () => {
  it('[RM12] half of a new one is deleted by the update that brings it', () => {
    const group = mine({ content: content.string('𠮷'), parent: text, sub: undefined, rightOrigin: letters });
    expect(verdict(forge([group], [{ client: hostile, ranges: [[0, 2]] }]))).toBe('admitted');
    expect(verdict(forge([group], [{ client: hostile, ranges: [[0, 1]] }]))).toBe('half_character');
    expect(verdict(forge([group], [{ client: hostile, ranges: [[1, 1]] }]))).toBe('half_character');
  });

  it('[RM12] a struct that is known names a neighbour in the middle of one, and Yjs cuts there', () => {
    const known = {
      client: 1,
      clock: 6,
      structs: [{ content: content.any('block-0001'), origin: { client: 1, clock: 3 } }],
    };
    const novel = mine({ content: content.string('新'), rightOrigin: letters });
    expect(verdict(forge([novel, known]))).toBe('half_character');
  });

  it('[RM12] a deletion of nothing stands in the middle of one', () => {
    const novel = mine({ content: content.string('新'), rightOrigin: letters });
    expect(verdict(forge([novel], [{ client: 1, ranges: [[4, 0]] }]))).toBe('malformed');
  });
});

describe('places', () => {
  it('[RM11] a known struct names a root that is not there, and Yjs makes it', () => {
    const known = { client: 1, clock: 0, structs: [{ content: content.type(3, 'paragraph'), parent: 'other' }] };
    expect(verdict(forge([mine({ content: content.string('新'), rightOrigin: letters }), known]))).toBe(
      'outside_template',
    );
  });

  it('[RM11] a block comes without an id, or loses the one it has', () => {
    const born = mine({ content: content.type(3, 'item'), rightOrigin: block });
    expect(verdict(forge([born]))).toBe('invalid_content');
    expect(verdict(forge([], [{ client: 1, ranges: [[6, 1]] }]))).toBe('invalid_content');
    expect(verdict(forge([mine({ content: content.deleted(1), origin: id })]))).toBe('invalid_content');
    const renamed = mine({ content: content.any('block-0009'), origin: id });
    expect(verdict(forge([renamed], [{ client: 1, ranges: [[6, 1]] }]))).toBe('admitted');
    expect(
      verdict(
        forge(
          [],
          [
            {
              client: 1,
              ranges: [
                [0, 1],
                [6, 1],
              ],
            },
          ],
        ),
      ),
    ).toBe('admitted');
  });

  it('[RM11] one neighbour has gone and the other is alive: whoever reads the journal would see it elsewhere', () => {
    server.clientID = 2;
    server.getXmlFragment(root).delete(1, 1);
    const child = { client: 1, clock: 8 };
    expect(verdict(forge([mine({ content: content.string('x'), origin: letters, rightOrigin: child })]))).toBe(
      'invalid_content',
    );
  });

  it('[RM11] neighbours were never side by side: copies would place it differently', () => {
    const end = { client: 1, clock: 5 };
    expect(verdict(forge([mine({ content: content.string('x'), rightOrigin: end })]))).toBe('invalid_content');
    expect(verdict(forge([mine({ content: content.string('x'), origin: end, rightOrigin: letters })]))).toBe(
      'invalid_content',
    );
    expect(verdict(forge([mine({ content: content.string('x'), origin: end })]))).toBe('admitted');
  });

  it('[RM11] the right neighbour stands before the left one, as Yjs’ own undo may name them: copies do place it differently', () => {
    const place = { origin: { client: 1, clock: 5 } };
    const last = { client: hostile, clock: 1 };
    const wrong: ForgedStruct = { content: content.string('丙'), origin: last, rightOrigin: last };
    const inOnePiece = forge([mine({ content: content.string('一二'), ...place }, wrong)]);
    const second: ForgedStruct = { content: content.string('二'), origin: { client: hostile, clock: 0 } };
    const inTwo = forge([mine({ content: content.string('一'), ...place }, second, wrong)]);
    expect([inOnePiece, inTwo].map(verdict)).toEqual(['invalid_content', 'invalid_content']);
    const lines = [inOnePiece, inTwo].map((update) => {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(server));
      Y.applyUpdate(copy, update);
      return copy.getXmlFragment(root).get(0).toString();
    });
    expect(lines.map((line) => line.replaceAll(/<.*?>/g, ''))).toEqual(['甲𠮷乙一丙二', '甲𠮷乙一二丙']);
  });

  it('[RM11] a new neighbour was never beside the other: what it was put before lies between', () => {
    const [third, last] = [
      { client: 5, clock: 0 },
      { client: 1, clock: 5 },
    ];
    const more = forge([{ client: 5, clock: 0, structs: [{ content: content.string('丙'), origin: last }] }]);
    Y.applyUpdate(server, more);
    const next = forge([{ client: 6, clock: 0, structs: [{ content: content.string('丁'), origin: third }] }]);
    Y.applyUpdate(server, next);
    const beside = (left: Y.ID, right: Y.ID, beyond: Y.ID) => {
      const first: ForgedStruct = { content: content.string('x'), origin: left, rightOrigin: right };
      const second: ForgedStruct = {
        content: content.string('y'),
        origin: { client: hostile, clock: 0 },
        rightOrigin: beyond,
      };
      return verdict(forge([mine(first), { client: hostile + 1, clock: 0, structs: [second] }]));
    };
    const [inside, fourth] = [
      { client: 1, clock: 3 },
      { client: 6, clock: 0 },
    ];
    expect(beside(last, third, third)).toBe('admitted');
    expect(beside(last, third, fourth)).toBe('invalid_content');
    expect(beside(letters, inside, third)).toBe('invalid_content');
  });

  it('[RM11] the rest of a half known struct goes on elsewhere than its beginning', () => {
    const before = forge([mine({ content: content.string('甲'), origin: { client: 1, clock: 5 } })]);
    Y.applyUpdate(server, before);
    ground = { ...ground, writers: new Map([...ground.writers, [hostile, me]]) };
    const whole = content.string('甲乙');
    expect(verdict(forge([mine({ content: whole, origin: { client: 1, clock: 5 } })]))).toBe('admitted');
    expect(verdict(forge([mine({ content: whole, origin: letters, rightOrigin: { client: 1, clock: 3 } })]))).toBe(
      'invalid_content',
    );
  });
});

describe('frames', () => {
  it('[RM14] a client comes twice, or without structs, or something follows the end', () => {
    const group = mine({ content: content.string('x'), rightOrigin: letters });
    expect(verdict(forge([group, { ...group, clock: 1 }]))).toBe('malformed');
    expect(verdict(forge([group, { client: 9, clock: 0, structs: [] }]))).toBe('malformed');
    expect(verdict(new Uint8Array([...forge([group]), 0]))).toBe('malformed');
    expect(
      verdict(
        forge(
          [],
          [
            {
              client: 1,
              ranges: [
                [2, 2],
                [2, 2],
              ],
            },
          ],
        ),
      ),
    ).toBe('malformed');
  });

  it('[RM14] small ones that would keep Yjs busy for minutes', () => {
    const many = Array.from({ length: 9_000 }, () => ({ content: content.string('x'), parent: text }));
    const low = {
      client: 5,
      clock: 0,
      structs: many.map((struct) => ({ ...struct, parent: { client: 1, clock: 8 } })),
    };
    const started = performance.now();
    expect(verdict(forge([low, { ...low, client: hostile }]))).toBe('too_large');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
