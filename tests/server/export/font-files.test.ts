import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { covers, parseFaces, readFontFaces } from '../../../server/export/font-files.ts';

const faceOf = (file: string) => {
  const [face, ...others] = parseFaces(readFileSync(`fonts/${file}`));
  if (face === undefined || others.length > 0) throw new Error(`${file} holds ${others.length + 1} faces`);
  return face;
};
const has = (file: string, character: string) => covers(faceOf(file), character.codePointAt(0) ?? 0);

describe('a font file', () => {
  test('says its family names', () => {
    expect(faceOf('FandolFang-Regular.otf').families).toContain('FandolFang R');
    expect(faceOf('LiberationSerif-Bold.ttf').families).toEqual(['Liberation Serif']);
  });

  test('says which characters it has, beyond the basic plane too', () => {
    for (const character of '一齄“—…，1') expect(has('FandolFang-Regular.otf', character), character).toBe(true);
    for (const character of '镕😀\u{10ffff}') expect(has('FandolFang-Regular.otf', character), character).toBe(false);
    for (const character of '镕喆㛃𠮷') expect(has('DuizhaoRareHan-Regular.otf', character), character).toBe(true);
  });

  test('is read from a collection face by face', () => {
    const one = readFileSync('fonts/LiberationSerif-Regular.ttf');
    const shift = 16;
    const collection = Buffer.concat([Buffer.alloc(shift), one]);
    collection.write('ttcf', 0, 'latin1');
    collection.writeUInt32BE(1, 8);
    collection.writeUInt32BE(shift, 12);
    for (let table = 0; table < one.readUInt16BE(4); table += 1) {
      const at = shift + 12 + 16 * table + 8;
      collection.writeUInt32BE(collection.readUInt32BE(at) + shift, at);
    }
    expect(parseFaces(collection)).toEqual(parseFaces(one));
  });

  test('that is damaged or no font holds no face', () => {
    const whole = readFileSync('fonts/LiberationSerif-Regular.ttf');
    expect(parseFaces(new Uint8Array())).toEqual([]);
    expect(parseFaces(new TextEncoder().encode('this is a text, not a font'))).toEqual([]);
    for (const length of [3, 11, 40, 300]) expect(parseFaces(whole.subarray(0, length))).toEqual([]);
  });

  test('of the product has every character of GB 2312 in each Chinese face', async () => {
    const decoder = new TextDecoder('gb2312');
    const faces = (await readFontFaces('fonts')).filter((face) =>
      face.families.some((name) => name.startsWith('Fandol')),
    );
    expect(faces.length).toBe(5);
    for (let high = 0xb0; high <= 0xf7; high += 1) {
      for (let low = 0xa1; low <= (high === 0xd7 ? 0xf9 : 0xfe); low += 1) {
        const codePoint = decoder.decode(Uint8Array.of(high, low)).codePointAt(0) ?? 0;
        for (const face of faces) if (!covers(face, codePoint)) expect(String.fromCodePoint(codePoint)).toBe('covered');
      }
    }
  });
});
