/**
 * What a rule is. A rule looks at a text and asks about passages; it never judges, and it never pushes anybody to invent
 * facts. Its words (name, question, source) stand in the interface's word lists under its id.
 */
import type { CheckContext, TextKind } from './context.ts';
import type { RuleId, Severity } from './rule-ids.ts';
import type { CheckedText } from './segment.ts';
import type { CheckSettings } from './settings.ts';

/** What a rule found: a passage of one block, or something about a section or the whole text. */
export type Finding = {
  readonly sectionKey: string | null;
  /** Null when it is about a section or the whole. */
  readonly blockId: string | null;
  readonly from: number;
  readonly to: number;
  readonly quote: string;
  /** What the question rests on. While it is the same, a dismissal holds; when it changes, the question is asked again. */
  readonly ground: string;
  /** Numbers and words the question names. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Too little to weigh as much as its rule: a hint, whatever the rule's weight. */
  readonly slight?: true;
};

export type Find = (text: CheckedText, settings: CheckSettings, context: CheckContext) => readonly Finding[];

export type Rule = {
  readonly id: RuleId;
  /** The severity when a meeting has set no other. */
  readonly severity: Severity;
  /** The kinds of text it is asked of. */
  readonly kinds: readonly TextKind[];
  readonly find: Find;
};

export const everyKind: readonly TextKind[] = ['outline', 'team'];

/** Something about a section, or about the whole text when there is no section. */
export function about(sectionKey: string | null, ground: string, facts: Finding['facts'] = {}): Finding {
  return { sectionKey, blockId: null, from: 0, to: 0, quote: '', ground: `${sectionKey ?? ''}|${ground}`, facts };
}
