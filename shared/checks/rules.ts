/** Every rule, by its number. */
import { causeRules } from './causes.ts';
import { concretenessRules } from './concreteness.ts';
import { criticismRules } from './criticism.ts';
import { disclosureRules } from './disclosures.ts';
import { likenessRules } from './likeness.ts';
import { measureRules } from './measures.ts';
import { numberRules } from './numbers.ts';
import { placeholderRules } from './placeholders.ts';
import { punctuationRules } from './punctuation.ts';
import type { Rule } from './rule.ts';
import { type RuleId, ruleIds } from './rule-ids.ts';
import { structureRules } from './structure.ts';
import { subjectRules } from './subject.ts';
import { wordingRules } from './wording.ts';

const families = [
  subjectRules,
  criticismRules,
  concretenessRules,
  causeRules,
  measureRules,
  disclosureRules,
  likenessRules,
  placeholderRules,
  wordingRules,
  punctuationRules,
  structureRules,
  numberRules,
].flat();

/**
 * Rules that look at what nobody keeps yet: mutual criticism, the opinions members received, talks, tags of problems. They are
 * asked by whoever gives that data to `check`, and no page promises them.
 */
export const waitingRules: readonly RuleId[] = ['R04', 'R25', 'N10', 'N12', 'N13', 'N14'];

/** In the order of their numbers. A number without a rule does not start. */
export const rules: readonly Rule[] = ruleIds.map(ruleOf);

export function ruleOf(id: RuleId): Rule {
  const found = families.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`rule ${id} is not written`);
  return found;
}
