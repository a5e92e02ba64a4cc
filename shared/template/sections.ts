/**
 * From a template, a meeting's aspects and the conditions that are on to the sections of one document: keys, headings with
 * their numbers, guidance, expected lengths. Renaming or reordering aspects changes what this returns and nothing else:
 * a body belongs to its key.
 */
import { z } from 'zod';
import {
  type Aspect,
  type Condition,
  type DocumentTemplate,
  type ItemNumbering,
  itemNumberingSchema,
} from './template.ts';

export const sectionSchema = z.object({
  key: z.string(),
  /** 0 no heading, 1 一、, 2 （一）. */
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  /** The rendered number, 「一、」 or 「（一）」; empty at level 0. */
  number: z.string(),
  title: z.string(),
  /** The short name for lists and columns. */
  tag: z.string(),
  /** False for a heading that only holds its aspects. */
  hasBody: z.boolean(),
  itemNumbering: itemNumberingSchema,
  guidance: z.string(),
  expected: z.tuple([z.int(), z.int()]),
  parts: z.array(z.string()),
});
export type Section = z.infer<typeof sectionSchema>;

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1–99 in Chinese numerals, as headings use them: 一, 十, 十一, 二十三. */
export function chineseNumeral(n: number): string {
  if (!Number.isInteger(n) || n < 1 || n > 99) throw new RangeError(`no heading number for ${n}`);
  const tens = Math.floor(n / 10);
  const ones = digits[n % 10] ?? '';
  if (tens === 0) return ones;
  const head = tens === 1 ? '十' : `${digits[tens] ?? ''}十`;
  return n % 10 === 0 ? head : head + ones;
}

/** The number of the nth item (from 1) of a section; past 99 the brackets hold Arabic digits. */
export function itemNumber(numbering: ItemNumbering, n: number): string {
  if (numbering === 'arabic') return `${n}.`;
  return `（${n > 99 ? String(n) : chineseNumeral(n)}）`;
}

/** The full heading as printed: 一、存在的主要问题. */
export function heading(section: Pick<Section, 'number' | 'title'>): string {
  return section.number + section.title;
}

/** The key of an aspect's body under a section that holds aspects. */
export function aspectKey(sectionKey: string, aspect: Pick<Aspect, 'key'>): string {
  return `${sectionKey}.${aspect.key}`;
}

/** The sections of a document in order, headings included. */
export function resolveSections(
  template: DocumentTemplate,
  aspects: readonly Aspect[],
  on: readonly Condition[],
): Section[] {
  const sections: Section[] = [];
  let first = 0;
  for (const part of template.sections) {
    if (part.when !== undefined && !part.when.some((condition) => on.includes(condition))) continue;
    const level = part.title === '' ? 0 : 1;
    if (level === 1) first += 1;
    sections.push({
      key: part.key,
      level,
      number: level === 1 ? `${chineseNumeral(first)}、` : '',
      title: part.title,
      tag: part.title,
      hasBody: part.holds === 'body',
      itemNumbering: part.itemNumbering,
      guidance: part.guidance,
      expected: part.expected,
      parts: part.parts.filter((p) => p.when === undefined || on.includes(p.when)).map((p) => p.title),
    });
    if (part.holds === 'aspects') {
      aspects.forEach((aspect, index) => {
        sections.push({
          key: aspectKey(part.key, aspect),
          level: 2,
          number: `（${chineseNumeral(index + 1)}）`,
          title: aspect.title,
          tag: aspect.tag === '' ? aspect.title : aspect.tag,
          hasBody: true,
          itemNumbering: part.itemNumbering,
          guidance: aspect.long === '' ? part.guidance : aspect.long,
          expected: part.expected,
          parts: part.parts.filter((p) => p.when === undefined || on.includes(p.when)).map((p) => p.title),
        });
      });
    }
  }
  return sections;
}

/** The keys of the sections that have a body: the roots people may write. */
export function bodyKeys(sections: readonly Section[]): string[] {
  return sections.filter((section) => section.hasBody).map((section) => section.key);
}
