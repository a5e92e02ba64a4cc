/**
 * What a font file says about itself: its family names and the characters it has a glyph for. Reads the `name` and `cmap` tables of
 * OpenType files and collections, and nothing of what glyphs look like.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Sorted, disjoint, inclusive. */
type CodePointRange = readonly [first: number, last: number];

export type FontFace = {
  /** Its names in every language the file has them in. */
  readonly families: readonly string[];
  readonly ranges: readonly CodePointRange[];
};

/** The faces of a directory's font files, subdirectories included. What is not a readable font is left out. */
export async function readFontFaces(directory: string): Promise<FontFace[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory() && /\.(?:otf|ttf|otc|ttc)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const faces: FontFace[] = [];
  for (const path of paths) faces.push(...parseFaces(await readFile(path)));
  return faces;
}

/** Whether a face has a glyph for a character. */
export function covers(face: FontFace, codePoint: number): boolean {
  let low = 0;
  let high = face.ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = face.ranges[middle] ?? [0, -1];
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** The faces in a file; none when it is not a font or a damaged one. */
export function parseFaces(bytes: Uint8Array): FontFace[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return faceOffsets(view).map((offset) => parseFace(view, offset));
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

const tag = (name: string) => [...name].reduce((value, letter) => value * 256 + letter.charCodeAt(0), 0);
const sfntVersions = [0x00010000, tag('OTTO'), tag('true')];

function faceOffsets(view: DataView): number[] {
  const version = view.getUint32(0);
  if (sfntVersions.includes(version)) return [0];
  if (version !== tag('ttcf')) return [];
  return Array.from({ length: view.getUint32(8) }, (_, index) => view.getUint32(12 + 4 * index));
}

function parseFace(view: DataView, offset: number): FontFace {
  const tables = new Map<number, number>();
  for (let index = 0; index < view.getUint16(offset + 4); index += 1) {
    const record = offset + 12 + 16 * index;
    tables.set(view.getUint32(record), view.getUint32(record + 8));
  }
  const name = tables.get(tag('name'));
  const cmap = tables.get(tag('cmap'));
  return {
    families: name === undefined ? [] : readFamilies(view, name),
    ranges: cmap === undefined ? [] : readRanges(view, cmap),
  };
}

const familyName = 1;
const typographicFamilyName = 16;

function readFamilies(view: DataView, table: number): string[] {
  const storage = table + view.getUint16(table + 4);
  const families = new Set<string>();
  for (let index = 0; index < view.getUint16(table + 2); index += 1) {
    const record = table + 6 + 12 * index;
    const kind = view.getUint16(record + 6);
    const bytes = bytesPerCharacter(view.getUint16(record), view.getUint16(record + 2));
    if (bytes === undefined || (kind !== familyName && kind !== typographicFamilyName)) continue;
    const start = storage + view.getUint16(record + 10);
    let text = '';
    for (let at = start; at < start + view.getUint16(record + 8); at += bytes) {
      text += String.fromCharCode(bytes === 2 ? view.getUint16(at) : view.getUint8(at));
    }
    families.add(text);
  }
  return [...families];
}

/** Names are in UTF-16 or, for the Macintosh of old, in a Roman alphabet; other encodings are for nobody. */
function bytesPerCharacter(platform: number, encoding: number): 1 | 2 | undefined {
  if (platform === 0 || platform === 3) return 2;
  return platform === 1 && encoding === 0 ? 1 : undefined;
}

/** The ranges of every Unicode subtable of the two formats fonts use. */
function readRanges(view: DataView, table: number): CodePointRange[] {
  const ranges: CodePointRange[] = [];
  for (let index = 0; index < view.getUint16(table + 2); index += 1) {
    const record = table + 4 + 8 * index;
    const platform = view.getUint16(record);
    const subtable = table + view.getUint32(record + 4);
    if (platform !== 0 && platform !== 3) continue;
    const format = view.getUint16(subtable);
    if (format === 4) ranges.push(...segmentRanges(view, subtable));
    else if (format === 12) ranges.push(...groupRanges(view, subtable));
  }
  return merge(ranges);
}

/** Format 4: segments of the basic plane; a character may still map to glyph 0, which is none. */
function segmentRanges(view: DataView, subtable: number): CodePointRange[] {
  const bytes = view.getUint16(subtable + 6);
  const ends = subtable + 14;
  const starts = ends + bytes + 2;
  const deltas = starts + bytes;
  const offsets = deltas + bytes;
  const ranges: CodePointRange[] = [];
  for (let at = 0; at < bytes; at += 2) {
    const first = view.getUint16(starts + at);
    const last = view.getUint16(ends + at);
    const delta = view.getUint16(deltas + at);
    const offset = view.getUint16(offsets + at);
    for (let codePoint = first; codePoint <= last && codePoint < 0xffff; codePoint += 1) {
      const listed = offset === 0 ? codePoint : view.getUint16(offsets + at + offset + 2 * (codePoint - first));
      const glyph = offset !== 0 && listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) ranges.push([codePoint, codePoint]);
    }
  }
  return ranges;
}

/** Format 12: groups of consecutive characters with consecutive glyphs. */
function groupRanges(view: DataView, subtable: number): CodePointRange[] {
  return Array.from({ length: view.getUint32(subtable + 12) }, (_, index) => {
    const group = subtable + 16 + 12 * index;
    const first = view.getUint32(group);
    return [view.getUint32(group + 8) === 0 ? first + 1 : first, view.getUint32(group + 4)] as const;
  });
}

function merge(ranges: readonly CodePointRange[]): CodePointRange[] {
  const merged: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const open = merged.at(-1);
    if (open !== undefined && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else if (first <= last) merged.push([first, last]);
  }
  return merged;
}
