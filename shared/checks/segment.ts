/**
 * A text as rules look at it: parts by what they are for, their lines, sentences and items. What a part is for is told by
 * the template's section key; a key the rules do not know is read from its heading. A sentence ends at 。；！？; an item is
 * one numbered paragraph, or what runs from one 「一是」 to the next. Words in “” are somebody else's and are not looked at,
 * nor is the closing sentence.
 */
import { blockText, countSection, type SectionContent } from '../document/content.ts';
import type { BlockKind } from '../document/schema.ts';
import { heading, type Section } from '../template/sections.ts';

export type Role = 'opening' | 'problem' | 'disclosure' | 'cause' | 'measure' | 'last_year' | 'closing' | 'other';

/** One block: `spoken` is `text` with the words in quotation marks covered, one character for one. */
export type Line = {
  readonly sectionKey: string;
  readonly blockId: string;
  readonly kind: BlockKind;
  readonly text: string;
  readonly spoken: string;
};

/** A stretch of one line, its number cut off: a sentence or an item. An item's words may run on in the lines after it. */
export type Passage = {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
  /** Without quotations: what is tested for faults. */
  readonly spoken: string;
  /** With quotations: what may speak in its favour. */
  readonly whole: string;
  /** The text of all blocks it stands in. */
  readonly ground: string;
};

export type Part = {
  readonly key: string;
  readonly title: string;
  readonly role: Role;
  readonly characters: number;
  /** Every line, also those no sentence is taken from. */
  readonly lines: readonly Line[];
  readonly sentences: readonly Passage[];
  readonly items: readonly Passage[];
};

export type CheckedText = {
  readonly parts: readonly Part[];
  readonly characters: number;
  /** Whether every part has been begun: shares and counts of a text that is being written say nothing. */
  readonly complete: boolean;
};

/** Covers a quoted character; it is neither Han nor a letter, digit or space, so no rule sees anything in it. */
const cover = '\uFFFC';

export function readText(sections: readonly Section[], content: readonly SectionContent[]): CheckedText {
  const bodies = new Map(content.map((body) => [body.key, body]));
  const parts = sections
    .filter(({ hasBody }) => hasBody)
    .map((section) => readPart(section, bodies.get(section.key) ?? { key: section.key, blocks: [] }));
  return {
    parts,
    characters: parts.reduce((sum, part) => sum + part.characters, 0),
    complete: parts.length > 0 && parts.every(({ role, characters }) => characters > 0 || role === 'closing'),
  };
}

function readPart(section: Section, body: SectionContent): Part {
  const lines = body.blocks.map((block): Line => {
    const text = blockText(block);
    return { sectionKey: section.key, blockId: block.id, kind: block.kind, text, spoken: coverQuotations(text) };
  });
  const role = roleOf(section);
  const said = role === 'closing' ? [] : lines.filter(({ text }) => text.trim() !== '' && !isClosing(text));
  return {
    key: section.key,
    title: section.title === '' ? '' : heading(section),
    role,
    characters: countSection(body),
    lines,
    sentences: said.flatMap(sentencesOf),
    items: itemsOf(said, role),
  };
}

const rolesOfKeys: Readonly<Record<string, Role>> = {
  opening: 'opening',
  problems: 'problem',
  disclosures: 'disclosure',
  audit: 'disclosure',
  case_analysis: 'other',
  causes: 'cause',
  measures: 'measure',
  last_year: 'last_year',
  closing: 'closing',
};

const headings: readonly (readonly [RegExp, Role])[] = [
  [/查摆问题|问题查摆|存在的?(?:主要|突出)?问题|突出问题/, 'problem'],
  [/原因剖析|根源剖析|产生问题的原因|问题根源|原因分析/, 'cause'],
  [/整改措施|努力方向|下一步|整改方向|改进措施/, 'measure'],
];

function roleOf({ key, title }: Section): Role {
  const [first = ''] = key.split('.');
  return rolesOfKeys[first] ?? headings.find(([words]) => words.test(title))?.[1] ?? 'other';
}

const longestClosing = 60;

/** 以上检查，请同志们批评指正。 */
const closing =
  /(?:请|欢迎)[^。；]{0,4}(?:同志|组织|大家|各位|领导|上级)[^。；]{0,8}(?:批评|指正|帮助)|(?:请|望|欢迎)批评(?:指正|帮助)/;

function isClosing(text: string): boolean {
  return text.length <= longestClosing && closing.test(text);
}

/** A text with the words in quotation marks covered, one character for one. */
export function coverQuotations(text: string): string {
  if (!text.includes('“')) return text;
  return text.replace(/“([^“”]*)”/g, (_all, quoted: string) => `“${cover.repeat(quoted.length)}”`);
}

/** A number or an ordinal at the beginning of a sentence or item. */
const numbering =
  /^\s*(?:\d+\s*[.．、](?!\d)|[（(](?:[一二三四五六七八九十]+|\d+)[）)][、.．]?|[一二三四五六七八九十]+(?:是|[、.．])|第[一二三四五六七八九十]+(?:[、，]|是)|其[一二三四五六](?:是|，))\s*/;

function sentencesOf(line: Line): Passage[] {
  const found: Passage[] = [];
  for (const match of line.spoken.matchAll(/[^。；！？]+[。；！？]*/g)) {
    const passage = passageOf(line, match.index, match.index + match[0].length, line.text);
    if (passage.spoken.trim() !== '') found.push(passage);
  }
  return found;
}

/** The stretch without its number. */
function passageOf(line: Line, from: number, to: number, ground: string): Passage {
  const start = from + (numbering.exec(line.spoken.slice(from, to))?.[0].length ?? 0);
  return { line, from: start, to, spoken: line.spoken.slice(start, to), whole: line.text.slice(start, to), ground };
}

const ordinal =
  /(?:^|(?<=[。；：]))\s*(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+(?:[、，]|是)|其[一二三四五六](?:是|，))/g;
const writtenNumber = /^\s*(?:\d+\s*[.．、](?!\d)|[（(](?:[一二三四五六七八九十]+|\d+)[）)])/;

/**
 * The items of a part. Where some paragraphs are numbered, the others are prose between them and belong to the item
 * before; where none is, every paragraph is an item.
 */
function itemsOf(lines: readonly Line[], role: Role): Passage[] {
  const counted = lines.map((line) => ({ line, starts: [...line.spoken.matchAll(ordinal)].map(({ index }) => index) }));
  const isItem = ({ line, starts }: (typeof counted)[number]) =>
    line.kind === 'item' || starts.length > 0 || writtenNumber.test(line.text);
  if (!counted.some(isItem)) return lines.map((line) => passageOf(line, 0, line.text.length, line.text));
  const found: Passage[] = [];
  for (const each of counted) {
    const { line, starts } = each;
    const last = found.at(-1);
    // A numbered problem may have its own 「一是」; a numbered cause that has several is several causes.
    const single = line.kind === 'item' && (role !== 'cause' || starts.length < 2);
    if (!isItem(each)) {
      if (last !== undefined) found[found.length - 1] = continued(last, line);
    } else if (single || starts.length === 0) {
      found.push(passageOf(line, 0, line.text.length, line.text));
    } else {
      starts.forEach((start, index) => {
        found.push(passageOf(line, start, starts[index + 1] ?? line.text.length, line.text));
      });
    }
  }
  return found;
}

function continued(item: Passage, line: Line): Passage {
  return {
    ...item,
    spoken: `${item.spoken}\n${line.spoken}`,
    whole: `${item.whole}\n${line.text}`,
    ground: `${item.ground}\n${line.text}`,
  };
}
