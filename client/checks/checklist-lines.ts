/** The leader's thirteen lines: which rules speak to each, and the reason a return would give. Pure. */

import { isPrivate } from '../../shared/checks/check.ts';
import type { ChecklistLine } from '../../shared/checks/checklist.ts';
import type { CheckContext } from '../../shared/checks/context.ts';
import type { RuleId } from '../../shared/checks/rule-ids.ts';
import { ruleOf } from '../../shared/checks/rules.ts';
import { type CheckSettings, severityOf } from '../../shared/checks/settings.ts';
import type { ReturnReason } from '../../shared/document/lifecycle.ts';

type Line = { readonly rules: readonly RuleId[]; readonly reason: ReturnReason };

export const checklist: Readonly<Record<ChecklistLine, Line>> = {
  1: { rules: ['N1', 'R08', 'N10'], reason: 'wrong_facts_or_form' },
  2: { rules: ['N5'], reason: 'praise_first' },
  3: { rules: ['R01', 'N9'], reason: 'misses_main_problem' },
  4: { rules: ['R06'], reason: 'lacks_facts' },
  5: { rules: ['R02', 'R03', 'R04', 'R05', 'R09'], reason: 'praise_first' },
  6: { rules: ['R18', 'N12'], reason: 'ignores_opinions' },
  7: { rules: ['R17', 'N11'], reason: 'other' },
  8: { rules: ['R12', 'R13'], reason: 'work_not_thought' },
  9: { rules: ['R15'], reason: 'lacks_practice' },
  10: { rules: ['R16'], reason: 'old_faults_new_label' },
  11: { rules: ['R20', 'R21'], reason: 'careless' },
  12: { rules: ['R23', 'N15'], reason: 'wrong_facts_or_form' },
  13: { rules: ['R22', 'R24', 'R26'], reason: 'wrong_facts_or_form' },
};

/**
 * Rules that need data look only where it is there. R18 looks at the text alone, but without the opinions that were collected
 * its silence does not say that all were answered.
 */
const data: Readonly<Partial<Record<RuleId, keyof CheckContext>>> = {
  R04: 'criticism',
  R18: 'opinions',
  R20: 'likeness',
  R21: 'likeness',
  N10: 'dimensions',
  N12: 'opinions',
};

/** The rules whose silence a reviewer may read as an answer: on, not the author's alone, with the data they need. */
export function speakingRules(line: ChecklistLine, settings: CheckSettings, context: CheckContext): RuleId[] {
  return checklist[line].rules.filter((id) => {
    const rule = ruleOf(id);
    const severity = severityOf(settings, id, rule.severity);
    if (severity === undefined || isPrivate(severity) || !rule.kinds.includes(context.kind)) return false;
    const needed = data[id];
    return needed === undefined || context[needed] !== undefined;
  });
}
