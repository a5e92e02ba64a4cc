/** Opens a DOCX as a word processor would: unpacked, every part parsed. */
import { strFromU8, unzipSync } from 'fflate';
import { elements, parseXml, textOf, type XmlElement } from './xml.ts';

export type DocxParts = ReadonlyMap<string, XmlElement>;

export function docxParts(bytes: Uint8Array): DocxParts {
  const parts = Object.entries(unzipSync(bytes)).map(([path, part]) => [path, parseXml(strFromU8(part))] as const);
  return new Map(parts);
}

export function docxPart(parts: DocxParts, path: string): XmlElement {
  const part = parts.get(path);
  if (part === undefined) throw new Error(`no ${path} among ${[...parts.keys()].join(' ')}`);
  return part;
}

/** The words of each paragraph of the document's body; a line broken in print counts as whole. */
export function docxParagraphs(parts: DocxParts): string[] {
  return elements(docxPart(parts, 'word/document.xml'), 'w:p').map((p) => elements(p, 'w:t').map(textOf).join(''));
}
