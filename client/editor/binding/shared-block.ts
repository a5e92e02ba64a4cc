/**
 * One block of the shared text as the editor reads and changes it. A block is a `Y.XmlElement` whose letters stand in
 * `Y.XmlText` children: one as a rule, several when two people began the same empty block at once. Offsets here are offsets
 * in the letters of the whole block, in UTF-16 units.
 */
import * as buffer from 'lib0/buffer';
import * as sha256 from 'lib0/hash/sha256';
import * as Y from 'yjs';
import { blockIdAttribute, isRemarkFormat, remarkMark, strongMark } from '../../../shared/document/schema.ts';

/** A stretch of letters with one set of formats. */
export type SharedRun = { readonly text: string; readonly formats: Readonly<Record<string, unknown>> };

/** What a run looks like to the editor. */
export type Look = { readonly strong: boolean; readonly remarks: readonly string[] };
export type StyledRun = Look & { readonly text: string };

export function textsOf(block: Y.XmlElement): Y.XmlText[] {
  return block.toArray().filter((child): child is Y.XmlText => child instanceof Y.XmlText);
}

type DeltaOp = { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> };

/** The letters with their formats as they stand. */
export function sharedRuns(block: Y.XmlElement): SharedRun[] {
  return textsOf(block).flatMap(runsIn);
}

export function runsIn(text: Y.XmlText): SharedRun[] {
  const runs: SharedRun[] = [];
  // Yjs types a delta as `any`; only its strings are letters.
  for (const op of text.toDelta() as readonly DeltaOp[]) {
    if (typeof op.insert === 'string' && op.insert !== '') runs.push({ text: op.insert, formats: op.attributes ?? {} });
  }
  return runs;
}

/** The letters of one text of a block. */
export function lettersOf(text: Y.XmlText): string {
  return runsIn(text)
    .map((run) => run.text)
    .join('');
}

export function lookOf(formats: Readonly<Record<string, unknown>>): Look {
  const remarks: string[] = [];
  for (const [key, value] of Object.entries(formats)) {
    const id = isRemarkFormat(key) ? remarkIdIn(value) : undefined;
    if (id !== undefined && !remarks.includes(id)) remarks.push(id);
  }
  const strong = formats[strongMark];
  return { strong: strong !== undefined && strong !== null, remarks };
}

function remarkIdIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  return typeof value.id === 'string' ? value.id : undefined;
}

/** The format key of a remark anchor: the mark's name with a hash of the mark, so that anchors may overlap. */
export function remarkFormat(id: string): string {
  const digest = sha256.digest(buffer.encodeAny({ type: remarkMark, attrs: { id } }));
  const folded = digest.slice(0, 6);
  for (let index = 6; index < digest.length; index += 1) {
    folded[index % 6] = (folded[index % 6] ?? 0) ^ (digest[index] ?? 0);
  }
  return `${remarkMark}--${buffer.toBase64(folded)}`;
}

function formatsOf(look: Look): Record<string, unknown> {
  const formats: Record<string, unknown> = look.strong ? { [strongMark]: {} } : {};
  for (const id of look.remarks) formats[remarkFormat(id)] = { id };
  return formats;
}

/** A new block, not yet in any text. */
export function createBlock(kind: string, id: string, runs: readonly StyledRun[]): Y.XmlElement {
  const block = new Y.XmlElement(kind);
  block.setAttribute(blockIdAttribute, id);
  const text = new Y.XmlText();
  text.applyDelta(runs.map((run) => ({ insert: run.text, attributes: formatsOf(run) })));
  block.insert(0, [text]);
  return block;
}

type Part = { readonly text: Y.XmlText; readonly start: number };

function parts(block: Y.XmlElement): Part[] {
  const found: Part[] = [];
  let start = 0;
  for (const text of textsOf(block)) {
    found.push({ text, start });
    start += text.length;
  }
  return found;
}

/** Puts letters in; at the seam of two texts they join the left one. */
export function insertLetters(block: Y.XmlElement, offset: number, run: StyledRun): void {
  for (const { text, start } of parts(block)) {
    if (offset > start + text.length) continue;
    text.insert(offset - start, run.text, formatsOf(run));
    return;
  }
  const text = new Y.XmlText();
  block.insert(block.length, [text]);
  text.insert(0, run.text, formatsOf(run));
}

export function removeLetters(block: Y.XmlElement, from: number, to: number): void {
  for (const { text, start } of parts(block)) {
    const first = Math.max(from, start);
    const last = Math.min(to, start + text.length);
    if (first < last) text.delete(first - start, last - first);
  }
}

function formatLetters(block: Y.XmlElement, from: number, to: number, formats: Record<string, unknown>): void {
  for (const { text, start } of parts(block)) {
    const first = Math.max(from, start);
    const last = Math.min(to, start + text.length);
    if (first < last) text.format(first - start, last - first, formats);
  }
}

/** Makes the looks of the letters what `wanted` says; formats that are right already, or unknown here, are not touched. */
export function applyLooks(block: Y.XmlElement, wanted: readonly StyledRun[]): void {
  const have = sharedRuns(block);
  let offset = 0;
  let haveIndex = 0;
  let haveUsed = 0;
  for (const run of wanted) {
    let left = run.text.length;
    while (left > 0) {
      const present = have[haveIndex];
      if (present === undefined) return;
      const length = Math.min(left, present.text.length - haveUsed);
      const change = formatChange(present.formats, run);
      if (change !== undefined) formatLetters(block, offset, offset + length, change);
      offset += length;
      left -= length;
      haveUsed += length;
      if (haveUsed === present.text.length) {
        haveIndex += 1;
        haveUsed = 0;
      }
    }
  }
}

function formatChange(formats: Readonly<Record<string, unknown>>, wanted: Look): Record<string, unknown> | undefined {
  const change: Record<string, unknown> = {};
  const present = lookOf(formats);
  if (present.strong !== wanted.strong) change[strongMark] = wanted.strong ? {} : null;
  for (const [key, value] of Object.entries(formats)) {
    const id = isRemarkFormat(key) ? remarkIdIn(value) : undefined;
    if (id !== undefined && !wanted.remarks.includes(id)) change[key] = null;
  }
  for (const id of wanted.remarks) if (!present.remarks.includes(id)) change[remarkFormat(id)] = { id };
  return Object.keys(change).length === 0 ? undefined : change;
}
