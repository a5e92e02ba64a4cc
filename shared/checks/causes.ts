/** Causes: R12 outside conditions, R13 procedure without thought, R14 too few. */
import { THOUGHT } from './dictionaries.ts';
import { partsOf, perItem, perSentence } from './passages.ts';
import { about, everyKind, type Rule } from './rule.ts';
import { type CheckSettings, threshold } from './settings.ts';

const conditions =
  /(?:人手|人员|经费|资金|编制)[^，。]{0,4}(?:少|不足|紧|有限|限制)|任务(?:繁)?重|时间紧|事务(?:性工作)?多|会议多|工作忙|历史原因|客观(?:上|条件|原因)|上级[^，。]{0,6}(?:变化|频繁|不明确)|受[^，。]{1,10}(?:限制|影响)/;
const ownUp = /借口|理由|说到底|根子|归根到底|我(?:总|却|把|怕)/;
const procedure = /制度|机制|流程|程序|口径|格式|交接|系统|技术|沟通|人员调整/;

/** How many causes a text with this many aspects may be expected to name. */
function wantedCauses(settings: CheckSettings, aspects: number): number {
  const perAspect = Math.ceil((aspects * threshold(settings, 'R14.perAspect')) / 100);
  return Math.max(threshold(settings, 'R14.causes'), perAspect);
}

export const causeRules: readonly Rule[] = [
  {
    id: 'R12',
    severity: 'warn',
    kinds: everyKind,
    find: perSentence(['cause'], ({ spoken, whole }) => conditions.test(spoken) && !ownUp.test(whole)),
  },
  {
    id: 'R13',
    severity: 'warn',
    kinds: everyKind,
    find: perItem(['cause'], ({ spoken, whole }) => procedure.test(spoken) && !THOUGHT.test(whole)),
  },
  {
    id: 'R14',
    severity: 'hint',
    kinds: everyKind,
    find: (text, settings) => {
      const wanted = wantedCauses(settings, partsOf(text, ['problem']).length);
      return partsOf(text, ['cause'])
        .filter(({ characters, items }) => characters > 0 && items.length < wanted)
        .map(({ key, items }) => about(key, `${items.length}`, { count: items.length, wanted }));
    },
  },
];
