/**
 * What submitting would freeze, said before: nothing written, placeholders left, lengths far outside the expected, remarks
 * and proposed changes not yet answered. Emptiness, what the checks do not let pass (placeholders), remarks and changes without
 * a fate stop a submission; the rest is for the author to judge.
 */
import type { ReadinessPoint } from '../../shared/api/documents.ts';
import type { Hit } from '../../shared/checks/check.ts';
import { countSection, type SectionContent } from '../../shared/document/content.ts';
import { heading, type Section } from '../../shared/template/sections.ts';
import type { Document } from './document-facts.ts';

/** A length is far outside when it is less than half the least or more than half again the most expected. */
const farBelow = 0.5;
const farAbove = 1.5;

export function readiness(
  document: Document,
  content: readonly SectionContent[],
  open: { readonly remarks: number; readonly changes: number },
  hits: readonly Hit[],
): ReadinessPoint[] {
  const bodies = new Map(content.map((section) => [section.key, section]));
  const total = content.reduce((sum, section) => sum + countSection(section), 0);
  if (total === 0) return [point('empty_document', true, undefined, '')];
  const points = document.sections
    .filter(({ hasBody }) => hasBody)
    .flatMap((section) => sectionPoints(section, bodies.get(section.key), hits));
  points.push(...stopsIn(undefined, hits));
  const length = lengthPoint(total, document.quota, undefined);
  if (length !== undefined) points.push(length);
  if (open.remarks > 0) points.push(point('open_remark', true, undefined, String(open.remarks)));
  if (open.changes > 0) points.push(point('open_change', true, undefined, String(open.changes)));
  return points;
}

function sectionPoints(section: Section, body: SectionContent | undefined, hits: readonly Hit[]): ReadinessPoint[] {
  const count = body === undefined ? 0 : countSection(body);
  const points = stopsIn(section, hits);
  if (count === 0) return [...points, point('empty_section', false, section, '')];
  const length = lengthPoint(count, section.expected, section);
  return length === undefined ? points : [...points, length];
}

/** What the checks do not let pass (CK6), each once: placeholders by their words, anything else by its rule. */
function stopsIn(section: Section | undefined, hits: readonly Hit[]): ReadinessPoint[] {
  const found = new Map<string, ReadinessPoint>();
  for (const { severity, rule, facts, sectionKey } of hits) {
    if (severity !== 'block' || sectionKey !== (section?.key ?? null)) continue;
    const word = rule === 'R22' && facts['form'] === 'placeholder' ? String(facts['word']) : undefined;
    found.set(
      word ?? rule,
      word === undefined ? point('check', true, section, rule) : point('placeholder', true, section, word),
    );
  }
  return [...found.values()];
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
