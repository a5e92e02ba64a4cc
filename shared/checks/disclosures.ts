/** What must be spoken to: R16 last year, R17 and N11 registered matters, R18 and N12 opinions, N14 talks. */
import type { Condition } from '../template/template.ts';
import type { TextKind } from './context.ts';
import { partsOf, perSentence } from './passages.ts';
import { about, everyKind, type Finding, type Rule } from './rule.ts';
import type { CheckedText } from './segment.ts';

const lastYear = /(?:上一?年度|去年|20\d\d年度?)[^。]{0,60}(?:整改|完成|销号)/;
const allDone = /(?:全部|均已|已经?全部)(?:整改)?(?:到位|完成)/;
const ofLastYear = /上一?年度|去年|20\d\d年度?|整改|查摆/;
const passedOver =
  /不再(?:重复|赘述|展开)|已(?:另行|书面|向组织)(?:作了?)?(?:说明|报告)，?(?:这里|在此)?不|大家(?:都)?(?:知道|清楚)/;
const acknowledged = /(?:意见|建议)[^。]{0,12}(?:认真研究|虚心接受|逐步改进|高度重视|照单全收)/;
const answered = /(?:其中|即|就是|认领)[^。]{2,}/;

/** Where a registered matter is spoken to, and a word by which that is seen. */
const matters: Readonly<
  Record<Condition, { readonly keys: Readonly<Record<TextKind, string>>; readonly words: RegExp }>
> = {
  personal_matters: { keys: { outline: 'disclosures', team: '' }, words: /有关事项|如实填报|如实报告/ },
  audit: { keys: { outline: 'disclosures', team: 'audit' }, words: /审计/ },
  accountability: {
    keys: { outline: 'disclosures', team: '' },
    words: /问责|处分|处理|提醒谈话|诫勉|批评教育|责令检查|通报/,
  },
  inquiry: { keys: { outline: 'disclosures', team: '' }, words: /函询|约谈|谈话/ },
  inspection: { keys: { outline: 'disclosures', team: 'audit' }, words: /巡视|巡察/ },
  complaints: { keys: { outline: 'disclosures', team: '' }, words: /群众|反映|信访|举报|来信/ },
  case_analysis: { keys: { outline: 'case_analysis', team: 'case_analysis' }, words: /\S/ },
};

/** The registered matters a text does not speak to, in one question per section. */
function unspoken(text: CheckedText, kind: TextKind, conditions: readonly Condition[]): Finding[] {
  const missing = new Map<string, Condition[]>();
  for (const condition of conditions) {
    const { keys, words } = matters[condition];
    const part = text.parts.find(({ key }) => key === keys[kind]);
    // A section the template does not have is not asked for: there is no place to write it.
    if (part === undefined || part.lines.some((line) => words.test(line.text))) continue;
    missing.set(part.key, [...(missing.get(part.key) ?? []), condition]);
  }
  return [...missing].map(([key, matter]) => about(key, matter.join(), { matters: matter.join() }));
}

export const disclosureRules: readonly Rule[] = [
  {
    id: 'R16',
    severity: 'warn',
    kinds: everyKind,
    find: (text, settings, context) => {
      const places = partsOf(text, ['opening', 'last_year', 'disclosure']);
      const [first] = places;
      if (first === undefined || first.characters === 0) return [];
      const said = places.some(({ lines }) => lines.some((line) => lastYear.test(line.text)));
      const vague = perSentence(
        ['opening', 'last_year', 'disclosure'],
        ({ spoken, whole }) => allDone.test(spoken) && ofLastYear.test(spoken) && !/\d/.test(whole),
      )(text, settings, context);
      return said || vague.length > 0 ? vague : [about(first.key, 'missing')];
    },
  },
  {
    id: 'R17',
    severity: 'confirm',
    kinds: everyKind,
    find: perSentence(['disclosure'], ({ spoken }) => passedOver.test(spoken)),
  },
  {
    id: 'R18',
    severity: 'warn',
    kinds: everyKind,
    find: perSentence([], ({ spoken, whole }) => acknowledged.test(spoken) && !answered.test(whole)),
  },
  {
    id: 'N11',
    severity: 'confirm',
    kinds: everyKind,
    find: (text, _settings, { kind, conditions }) => unspoken(text, kind, conditions),
  },
  {
    id: 'N12',
    severity: 'warn',
    kinds: everyKind,
    find: (_text, _settings, { opinions = [] }) =>
      opinions.filter((opinion) => !opinion.answered).map(({ text }) => ({ ...about(null, text), quote: text })),
  },
  {
    id: 'N14',
    severity: 'warn',
    kinds: everyKind,
    find: (_text, _settings, { talks = [] }) => {
      const open = talks.filter(({ held }) => !held).map(({ pair }) => pair);
      return open.length === 0 ? [] : [about(null, open.join(), { count: open.length, pairs: open.join('、') })];
    },
  },
];
