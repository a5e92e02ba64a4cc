/**
 * What submitting would freeze, said before: nothing written, placeholders left, lengths far outside the expected, remarks
 * not yet answered. Emptiness, placeholders and remarks without a fate stop a submission; the rest is for the author to
 * judge.
 */
import type { ReadinessPoint } from '../../shared/api/documents.ts';
import { blockText, countSection, type SectionContent } from '../../shared/document/content.ts';
import { heading, type Section } from '../../shared/template/sections.ts';
import type { Document } from './document-facts.ts';

/** A length is far outside when it is less than half the least or more than half again the most expected. */
const farBelow = 0.5;
const farAbove = 1.5;

export function readiness(
  document: Document,
  content: readonly SectionContent[],
  openRemarks: number,
): ReadinessPoint[] {
  const bodies = new Map(content.map((section) => [section.key, section]));
  const total = content.reduce((sum, section) => sum + countSection(section), 0);
  if (total === 0) return [point('empty_document', true, undefined, '')];
  const own = ownWords(document);
  const points = document.sections
    .filter(({ hasBody }) => hasBody)
    .flatMap((section) => sectionPoints(section, bodies.get(section.key), own));
  const length = lengthPoint(total, document.quota, undefined);
  if (length !== undefined) points.push(length);
  if (openRemarks > 0) points.push(point('open_remark', true, undefined, String(openRemarks)));
  return points;
}

function sectionPoints(section: Section, body: SectionContent | undefined, own: readonly string[]): ReadinessPoint[] {
  const count = body === undefined ? 0 : countSection(body);
  if (body === undefined || count === 0) return [point('empty_section', false, section, '')];
  const found = new Set(body.blocks.flatMap((block) => placeholders(blockText(block), own)));
  const points = [...found].map((placeholder) => point('placeholder', true, section, placeholder));
  const length = lengthPoint(count, section.expected, section);
  return length === undefined ? points : [...points, length];
}

function lengthPoint(count: number, [least, most]: readonly [number, number], section: Section | undefined) {
  const detail = `${count} / ${least}–${most}`;
  if (count < least * farBelow) return point('too_short', false, section, detail);
  if (count > most * farAbove) return point('too_long', false, section, detail);
  return undefined;
}

function point(
  kind: ReadinessPoint['kind'],
  blocks: boolean,
  section: Section | undefined,
  detail: string,
): ReadinessPoint {
  return {
    kind,
    blocks,
    sectionKey: section?.key ?? null,
    heading: section === undefined ? '' : heading(section),
    detail,
  };
}

const placeholderForms = new RegExp(
  [
    '(?<![A-Za-z])[XxＸ×*＊]{2,}(?![A-Za-z])', // XX项目, ××同志
    '某某',
    '〔待[^〕]{0,40}〕', // 〔待补〕
    '[（(]待(?:补充?|填写?|定稿|完善|核实)[^）)]{0,40}[）)]',
    '[（(]此处[^）)]{0,40}[）)]',
    '【(?:此处|填写|请|单位|姓名|时间|待|补充|插入)?[^】]{0,40}】',
    '\\[(?:此处|填写|请|单位|姓名|时间|待)[^\\]]{0,40}\\]',
    '[_＿]{3,}',
  ].join('|'),
  'gu',
);

/**
 * The placeholders in a text. `own` are names that may look like one (a unit called XX市XX局): a match is not reported when
 * it stands, with a neighbouring character, as it does in one of them.
 */
export function placeholders(text: string, own: readonly string[]): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(placeholderForms)) {
    const [word] = match;
    const withBefore = text.slice(Math.max(0, match.index - 1), match.index + word.length);
    const withAfter = text.slice(match.index, match.index + word.length + 1);
    const isOwn = own.some(
      (name) =>
        name === word ||
        (withBefore.length > word.length && name.includes(withBefore)) ||
        (withAfter.length > word.length && name.includes(withAfter)),
    );
    if (!isOwn) found.push(word);
  }
  return found;
}

/** Names in this meeting: the unit, the people and their duties. */
function ownWords({ meeting }: Document): string[] {
  const people = [...meeting.persons.values()].flatMap(({ name, duty }) => [name, duty]);
  return [meeting.unit.name, ...people].filter((name) => name !== '');
}
