/**
 * The place of a remark in the shared text: found by section, block, offsets and quote; held by a mark that only the server
 * writes. The mark's key is the one y-tiptap gives to marks that may overlap, so editors keep it as their own.
 */
import * as buffer from 'lib0/buffer';
import * as sha256 from 'lib0/hash/sha256';
import * as Y from 'yjs';
import type { AnchorBody } from '../../shared/api/remarks.ts';
import { contextCharacters } from '../../shared/compare/find-words.ts';
import { blockText, type SectionContent } from '../../shared/document/content.ts';
import {
  blockIdAttribute,
  hasLoneSurrogate,
  isBlockKind,
  isRemarkFormat,
  remarkMark,
  rootOf,
} from '../../shared/document/schema.ts';
import type { RemarkId } from '../../shared/ids.ts';

export type Context = { readonly before: string; readonly after: string };

/** The text around the quote, or undefined when the quote does not stand there. */
export function locate(content: readonly SectionContent[], anchor: AnchorBody): Context | undefined {
  const block = content.find(({ key }) => key === anchor.sectionKey)?.blocks.find(({ id }) => id === anchor.blockId);
  if (block === undefined || hasLoneSurrogate(anchor.quote)) return undefined;
  const text = blockText(block);
  if (text.slice(anchor.from, anchor.to) !== anchor.quote) return undefined;
  return contextOf(text, anchor.from, anchor.to);
}

/** What stands around a stretch of a block's text. */
export function contextOf(text: string, from: number, to: number): Context {
  return {
    before: [...text.slice(0, from)].slice(-contextCharacters).join(''),
    after: [...text.slice(to)].slice(0, contextCharacters).join(''),
  };
}

/** Writes the mark over the quote; false when the quote no longer stands there. */
export function attach(doc: Y.Doc, anchor: AnchorBody, id: RemarkId): boolean {
  const block = findBlock(doc, anchor);
  if (block === undefined) return false;
  const texts = block.toArray().filter((child) => child instanceof Y.XmlText);
  const whole = texts.map(lettersOf).join('');
  if (whole.slice(anchor.from, anchor.to) !== anchor.quote) return false;
  const format = { [markKey(id)]: { id } };
  let start = 0;
  for (const text of texts) {
    const end = start + text.length;
    const from = Math.max(anchor.from, start);
    const to = Math.min(anchor.to, end);
    if (from < to) text.format(from - start, to - from, format);
    start = end;
  }
  return true;
}

/** The words a remark's mark stands on now: from its first to its last character in one block, with what is around them. */
export type Standing = Context & { readonly sectionKey: string; readonly blockId: string; readonly words: string };

/** Where each remark stands in these sections; a mark that is in several blocks counts in the first. */
export function standingRemarks(doc: Y.Doc, bodyKeys: readonly string[]): Map<string, Standing> {
  const found = new Map<string, Standing>();
  for (const sectionKey of bodyKeys) {
    for (const block of doc.getXmlFragment(rootOf(sectionKey)).toArray()) {
      if (!(block instanceof Y.XmlElement)) continue;
      const { text, stretches } = markedStretches(block);
      for (const [id, { from, to }] of stretches) {
        if (found.has(id)) continue;
        const blockId = block.getAttribute(blockIdAttribute) ?? '';
        found.set(id, { sectionKey, blockId, words: text.slice(from, to), ...contextOf(text, from, to) });
      }
    }
  }
  return found;
}

/** The remarks whose mark still stands on at least one character of these sections. */
export function attachedRemarks(doc: Y.Doc, bodyKeys: readonly string[]): Set<string> {
  return new Set(standingRemarks(doc, bodyKeys).keys());
}

type Stretch = { readonly from: number; readonly to: number };

function markedStretches(block: Y.XmlElement): { readonly text: string; readonly stretches: Map<string, Stretch> } {
  const stretches = new Map<string, Stretch>();
  let text = '';
  for (const child of block.toArray()) {
    if (!(child instanceof Y.XmlText)) continue;
    for (const op of child.toDelta() as readonly TextOp[]) {
      if (typeof op.insert !== 'string' || op.insert === '') continue;
      const to = text.length + op.insert.length;
      for (const id of markedIn(op)) stretches.set(id, { from: stretches.get(id)?.from ?? text.length, to });
      text += op.insert;
    }
  }
  return { text, stretches };
}

function markedIn({ attributes }: TextOp): string[] {
  return Object.entries(attributes ?? {}).flatMap(([key, value]) => {
    const id = isRemarkFormat(key) ? idIn(value) : undefined;
    return id === undefined ? [] : [id];
  });
}

/** Takes a remark's mark off the text. */
export function detach(doc: Y.Doc, bodyKeys: readonly string[], id: RemarkId): void {
  for (const key of bodyKeys) {
    for (const block of doc.getXmlFragment(rootOf(key)).toArray()) {
      if (!(block instanceof Y.XmlElement)) continue;
      for (const text of block.toArray()) if (text instanceof Y.XmlText) unmark(text, id);
    }
  }
}

function unmark(text: Y.XmlText, id: RemarkId): void {
  let at = 0;
  for (const op of text.toDelta() as readonly TextOp[]) {
    const length = typeof op.insert === 'string' ? op.insert.length : 1;
    const keys = Object.entries(op.attributes ?? {}).filter(
      ([key, value]) => isRemarkFormat(key) && idIn(value) === id,
    );
    for (const [key] of keys) text.format(at, length, { [key]: null });
    at += length;
  }
}

// Yjs types a delta as `any`; these are the parts of it that are read here.
type TextOp = { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> };

function idIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  return typeof value.id === 'string' ? value.id : undefined;
}

function findBlock(doc: Y.Doc, { sectionKey, blockId }: AnchorBody): Y.XmlElement | undefined {
  for (const child of doc.getXmlFragment(rootOf(sectionKey)).toArray()) {
    if (!(child instanceof Y.XmlElement) || !isBlockKind(child.nodeName)) continue;
    if (child.getAttribute(blockIdAttribute) === blockId) return child;
  }
  return undefined;
}

function lettersOf(text: Y.XmlText): string {
  return (text.toDelta() as readonly TextOp[]).map((op) => (typeof op.insert === 'string' ? op.insert : '')).join('');
}

/**
 * y-tiptap keeps marks that may overlap under `<name>--<hash of the mark's JSON>`: the SHA-256 of lib0's encoding of
 * `{type, attrs}`, folded to six bytes, in base64. The order of the two keys is part of the hash.
 */
export function markKey(id: RemarkId): string {
  const digest = sha256.digest(buffer.encodeAny({ type: remarkMark, attrs: { id } }));
  const folded = digest.slice(0, 6);
  for (let i = 6; i < digest.length; i += 1) folded[i % 6] = (folded[i % 6] ?? 0) ^ (digest[i] ?? 0);
  return `${remarkMark}--${buffer.toBase64(folded)}`;
}
