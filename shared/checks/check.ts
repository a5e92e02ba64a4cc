/**
 * The one entrance: a text in, questions out. Pure; the page asks it beside the author's typing, the server when somebody
 * reads the checks and when a text is submitted.
 */
import { z } from 'zod';
import type { SectionContent } from '../document/content.ts';
import type { Section } from '../template/sections.ts';
import type { CheckContext } from './context.ts';
import type { Finding } from './rule.ts';
import { ruleIds, type Severity, severities } from './rule-ids.ts';
import { rules } from './rules.ts';
import { type CheckedText, readText } from './segment.ts';
import { type CheckSettings, severityOf, shortHash } from './settings.ts';

/** A question about a passage, or about a section or the whole text. */
export const hitSchema = z.object({
  rule: z.enum(ruleIds),
  severity: z.enum(severities),
  sectionKey: z.string().nullable(),
  /** Null when it is about a section or the whole. */
  blockId: z.string().nullable(),
  /** Offsets in the block's text, in UTF-16 units. */
  from: z.int(),
  to: z.int(),
  quote: z.string(),
  /** Of the text the question rests on: a dismissal holds while it is the same. */
  hash: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Hit = z.infer<typeof hitSchema>;

export type Text = { readonly sections: readonly Section[]; readonly content: readonly SectionContent[] };

/** What a text is asked, in the order of the text; questions about the whole come last. */
export function check(text: Text, settings: CheckSettings, context: CheckContext): Hit[] {
  const steps = checkInSteps(text, settings, context);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, rule by rule: a page goes on with the next step when it has nothing else to do. */
export function* checkInSteps(
  { sections, content }: Text,
  settings: CheckSettings,
  context: CheckContext,
): Generator<undefined, Hit[]> {
  const text = readText(sections, content);
  // An empty page is asked nothing; that nothing is written is said elsewhere.
  if (text.characters === 0) return [];
  const hashes = new Map<string, string>();
  const hashOf = (ground: string) => {
    const known = hashes.get(ground) ?? shortHash(ground);
    hashes.set(ground, known);
    return known;
  };
  const hits: Hit[] = [];
  for (const rule of rules) {
    const severity = severityOf(settings, rule.id, rule.severity);
    if (severity === undefined || !rule.kinds.includes(context.kind)) continue;
    yield;
    for (const { ground, slight, ...finding } of rule.find(text, settings, context)) {
      const weight = slight === true ? 'hint' : severity;
      hits.push({ rule: rule.id, severity: weight, ...finding, hash: hashOf(ground) });
    }
  }
  return inOrder(hits, text);
}

/** Sorting is stable: questions about the same place stand in the order of their rules. */
function inOrder(hits: Hit[], text: CheckedText): Hit[] {
  const places = new Map<string, number>();
  text.parts.forEach(({ key, lines }) => {
    places.set(key, places.size);
    for (const { blockId } of lines) places.set(blockId, places.size);
  });
  const placeOf = ({ blockId, sectionKey }: Pick<Finding, 'blockId' | 'sectionKey'>) =>
    places.get(blockId ?? sectionKey ?? '') ?? Number.MAX_SAFE_INTEGER;
  return hits.sort((a, b) => placeOf(a) - placeOf(b) || a.from - b.from);
}

/** Whether hits with this severity are the author's alone. */
export function isPrivate(severity: Severity): boolean {
  return severity === 'hint';
}

/** What a dismissal or a confirmation names: all questions of a rule about the same unchanged words. */
export type HitName = Pick<Hit, 'rule' | 'blockId' | 'hash'>;

export function sameHit(a: HitName, b: HitName): boolean {
  return a.rule === b.rule && a.blockId === b.blockId && a.hash === b.hash;
}
