/** The rules by their numbers, and how much weight a rule can have. */

/** R01–R26 look at words, N1–N17 at structure and numbers; in this order questions about one place stand. */
export const ruleIds = [
  'R01',
  'R02',
  'R03',
  'R04',
  'R05',
  'R06',
  'R07',
  'R08',
  'R09',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
  'R16',
  'R17',
  'R18',
  'R19',
  'R20',
  'R21',
  'R22',
  'R23',
  'R24',
  'R25',
  'R26',
  'N1',
  'N2',
  'N3',
  'N4',
  'N5',
  'N6',
  'N7',
  'N8',
  'N9',
  'N10',
  'N11',
  'N12',
  'N13',
  'N14',
  'N15',
  'N16',
  'N17',
] as const;
export type RuleId = (typeof ruleIds)[number];

/**
 * `block` stops a submission; `confirm` (block* in the list of rules) lets it pass once the author has confirmed it or given
 * a reason; `warn` is shown to author and reviewer; `hint` to the author alone.
 */
export const severities = ['block', 'confirm', 'warn', 'hint'] as const;
export type Severity = (typeof severities)[number];
