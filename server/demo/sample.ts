/**
 * Reads a sample text into the sections of its template. The texts in `texts/` are the fictional materials of the demo unit:
 * a title block, a blank line, then headings exactly as the template prints them with their bodies below. Numbers of items
 * are dropped (they are rendered), the topic sentence of an item becomes strong. Anything else is a mistake in the text and
 * throws; this is not the importer for people's own files.
 */
import { readFileSync } from 'node:fs';
import type { Run } from '../../shared/document/content.ts';
import type { BlockKind } from '../../shared/document/schema.ts';
import { heading, type Section } from '../../shared/template/sections.ts';

export const sampleNames = [
  'outline-zhangsan-2021',
  'outline-lisi-2021',
  'outline-zhaoliu-2021',
  'outline-qianqi-2021',
  'team-material-2021',
] as const;
export type SampleName = (typeof sampleNames)[number];

export type SampleBlock = { readonly kind: BlockKind; readonly runs: readonly Run[] };
export type SampleSection = { readonly key: string; readonly blocks: readonly SampleBlock[] };
export type Sample = {
  /** The lines above the text: title, for an outline 职务 姓名 and the date. */
  readonly titleBlock: readonly string[];
  /** One entry for each section that has a body, in the template's order. */
  readonly sections: readonly SampleSection[];
};

/** The text of a sample as its file holds it. */
export function readSample(name: SampleName): string {
  return readFileSync(new URL(`./texts/${name}.md`, import.meta.url), 'utf8');
}

/** Parts a sample by the headings of `sections`. */
export function parseSample(text: string, sections: readonly Section[]): Sample {
  const [titleLines, ...rest] = text.split(/\n\s*\n/);
  const titleBlock = (titleLines ?? '').split('\n').map((line) => line.trim());
  const bodies = new Map<string, SampleBlock[]>(sections.map((section) => [section.key, []]));
  let here = sections[0];
  for (const line of rest.join('\n').split('\n')) {
    const words = line.trim();
    if (words === '') continue;
    const headed = sections.find((section) => section.level > 0 && heading(section) === words);
    if (headed !== undefined) here = headed;
    else if (here === undefined || !here.hasBody) throw new Error(`a body where the template has none: ${words}`);
    else bodies.get(here.key)?.push(parseLine(words, here));
  }
  moveClosing(sections, bodies);
  return {
    titleBlock,
    sections: sections.filter((s) => s.hasBody).map((s) => ({ key: s.key, blocks: bodies.get(s.key) ?? [] })),
  };
}

/** Everything written in a sample's sections, as one text without headings and numbers. */
export function sampleText(section: SampleSection): string {
  return section.blocks.map((block) => block.runs.map((run) => run.text).join('')).join('\n');
}

function parseLine(words: string, section: Section): SampleBlock {
  const number = section.itemNumbering === 'arabic' ? /^\d+\./ : /^（[一二三四五六七八九十]+）/;
  if (!number.test(words)) return { kind: 'paragraph', runs: [{ text: words, strong: false }] };
  return { kind: 'item', runs: withTopic(words.replace(number, '')) };
}

/** The first sentence stands out when more follows. */
function withTopic(words: string): Run[] {
  const end = words.indexOf('。') + 1;
  if (end === 0 || end === words.length) return [{ text: words, strong: false }];
  return [
    { text: words.slice(0, end), strong: true },
    { text: words.slice(end), strong: false },
  ];
}

/** A closing without a heading is the last paragraph behind the items of the section before it. */
function moveClosing(sections: readonly Section[], bodies: Map<string, SampleBlock[]>): void {
  const closing = sections.at(-1);
  const before = sections.at(-2);
  if (closing === undefined || before === undefined || closing.level !== 0) return;
  const blocks = bodies.get(before.key) ?? [];
  const last = blocks.at(-1);
  if (last?.kind !== 'paragraph' || blocks.length < 2) return;
  bodies.set(closing.key, [last]);
  bodies.set(before.key, blocks.slice(0, -1));
}
