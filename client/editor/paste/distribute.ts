/**
 * A whole document pasted at once (a member brings his outline from Word): finds the headings of the template in it and
 * deals the paragraphs out to the sections. Headings, title, author and date are rendered and so are not taken over. No word
 * of a body is dropped: what follows no known heading stays with the section before it. Pure.
 */
import type { Section } from '../../../shared/template/sections.ts';
import { headingLevel, headingMarkerLength } from './markers.ts';
import { type PastedParagraph, textOf } from './pasted.ts';
import { type NewBlock, toBlocks } from './to-blocks.ts';

export type Distribution = {
  readonly parts: readonly { readonly key: string; readonly blocks: readonly NewBlock[] }[];
  /** How many headings were recognised. */
  readonly headings: number;
  /** Lines of title, author and date that are rendered and were left out. */
  readonly frontLines: readonly string[];
  /** Lines numbered like headings that match no section; they stay in the text. */
  readonly unknownHeadings: readonly string[];
};

/** What the page prints above the text, to recognise it in what is pasted. */
export type FrontMatter = { readonly title: string; readonly names: readonly string[] };

/** Undefined unless at least two headings of the template are there. */
export function distribute(
  paragraphs: readonly PastedParagraph[],
  sections: readonly Section[],
  front: FrontMatter,
  known: ReadonlySet<string>,
): Distribution | undefined {
  const headings = findHeadings(paragraphs, sections);
  if (headings.size < 2) return undefined;
  const dealt = new Map<string, PastedParagraph[]>();
  const frontLines: string[] = [];
  const unknownHeadings: string[] = [];
  const firstHeading = Math.min(...headings.keys());
  let current = bodyBefore(sections, headings.get(firstHeading));
  let beforeText = true;
  paragraphs.forEach((paragraph, index) => {
    const heading = headings.get(index);
    if (heading !== undefined) {
      current = bodyOf(sections, heading) ?? current;
      return;
    }
    if (index < firstHeading && beforeText && isFrontLine(textOf(paragraph), front)) {
      frontLines.push(textOf(paragraph));
      return;
    }
    beforeText = false;
    if (looksLikeHeading(paragraph) && headingLevel(textOf(paragraph)) === 1) unknownHeadings.push(textOf(paragraph));
    deal(dealt, current, paragraph);
  });
  moveClosing(dealt, sections);
  const parts = [...dealt].map(([key, own]) => ({ key, blocks: toBlocks(own, known) }));
  return { parts, headings: headings.size, frontLines, unknownHeadings };
}

function deal(dealt: Map<string, PastedParagraph[]>, key: string, paragraph: PastedParagraph): void {
  const own = dealt.get(key);
  if (own === undefined) dealt.set(key, [paragraph]);
  else own.push(paragraph);
}

/** Which paragraphs are headings of which section; each section once, the best match wins. */
function findHeadings(paragraphs: readonly PastedParagraph[], sections: readonly Section[]): Map<number, Section> {
  const titled = sections.filter((section) => section.level > 0);
  const pairs: { readonly index: number; readonly section: Section; readonly score: number }[] = [];
  paragraphs.forEach((paragraph, index) => {
    if (!looksLikeHeading(paragraph)) return;
    for (const section of titled) {
      const score = likeness(textOf(paragraph), section);
      if (score >= threshold) pairs.push({ index, section, score });
    }
  });
  pairs.sort((a, b) => b.score - a.score || a.index - b.index);
  const found = new Map<number, Section>();
  const taken = new Set<string>();
  for (const { index, section } of pairs) {
    if (found.has(index) || taken.has(section.key)) continue;
    found.set(index, section);
    taken.add(section.key);
  }
  return found;
}

const longestHeading = 90;
const threshold = 0.6;

function looksLikeHeading(paragraph: PastedParagraph): boolean {
  const text = textOf(paragraph);
  if (text.length > longestHeading || paragraph.item) return false;
  const numbered = headingMarkerLength(text) > 0;
  return (numbered || paragraph.heading || !/[。！？；，]/.test(text)) && !/[。！？；]$/.test(text);
}

/** Words only: numbers, punctuation, white space and the customary 方面 at the end do not decide. */
function bare(text: string): string {
  return text
    .slice(headingMarkerLength(text))
    .replace(/[\s\p{P}\p{S}]/gu, '')
    .replace(/(?:方面存在的(?:主要)?问题|方面的问题|方面)$/u, '');
}

function likeness(text: string, section: Section): number {
  const a = bare(text);
  const level = headingLevel(text);
  const atLevel = level === 0 || level === section.level ? 0 : 0.15;
  const best = Math.max(similarity(a, bare(section.title)), similarity(a, bare(section.tag)) - 0.05);
  return best - atLevel;
}

/** How much two short texts have in common: 1 for equal, else by their pairs of characters; 0.9 when one holds the other. */
export function similarity(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  const shorter = Math.min(a.length, b.length);
  if (shorter >= 4 && (a.includes(b) || b.includes(a))) return 0.9;
  const pairsA = pairsOf(a);
  const pairsB = pairsOf(b);
  if (pairsA.length === 0 || pairsB.length === 0) return 0;
  const rest = [...pairsB];
  let shared = 0;
  for (const pair of pairsA) {
    const at = rest.indexOf(pair);
    if (at === -1) continue;
    rest.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / (pairsA.length + pairsB.length);
}

function pairsOf(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

/** The body a heading opens: its own, or the first of the aspects it holds. */
function bodyOf(sections: readonly Section[], heading: Section): string | undefined {
  const from = sections.findIndex(({ key }) => key === heading.key);
  return sections.slice(from).find((section) => section.hasBody)?.key;
}

/** The body before the first heading that was found, as a rule the opening. */
function bodyBefore(sections: readonly Section[], heading: Section | undefined): string {
  const to = sections.findIndex(({ key }) => key === heading?.key);
  const before = sections.slice(0, Math.max(0, to)).filter((section) => section.hasBody);
  const own = heading === undefined ? undefined : bodyOf(sections, heading);
  return before[0]?.key ?? own ?? '';
}

function isFrontLine(text: string, front: FrontMatter): boolean {
  if (text.length > 60) return false;
  if (/^[（(]?\s*\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*[）)]?$/.test(text)) return true;
  const words = bare(text);
  if (front.names.some((name) => name !== '' && words.endsWith(bare(name)) && words.length < 40)) return true;
  const title = bare(front.title);
  if (words.length >= 4 && title.includes(words)) return true;
  return !/[，。；！？]/.test(text) && (similarity(words, title) >= 0.5 || /(?:提纲|材料|发言|检查)$/.test(words));
}

const farewell =
  /(?:不妥|不当|不足|不到)之处|批评(?:帮助|指正|意见)|敬请.{0,8}批评|请(?:同志们|大家|各位).{0,10}(?:批评|指正|帮助)/;

/** The closing words have no heading: the last paragraph of the last section goes to the section without one behind it. */
function moveClosing(dealt: Map<string, PastedParagraph[]>, sections: readonly Section[]): void {
  const last = sections[sections.length - 1];
  if (last === undefined || last.level !== 0 || !last.hasBody || dealt.has(last.key)) return;
  const keys = sections.filter((section) => section.hasBody && dealt.has(section.key)).map(({ key }) => key);
  const own = dealt.get(keys[keys.length - 1] ?? '');
  const words = own?.[own.length - 1];
  if (own === undefined || words === undefined || own.length < 2) return;
  if (textOf(words).length > 160 || !farewell.test(textOf(words))) return;
  own.pop();
  dealt.set(last.key, [words]);
}
