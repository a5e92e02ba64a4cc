/** Whose problem it is, and what is put in its place: R01, R02, R03, R08, R09, R10. */
import { isConcrete, PROBLEM, SELF } from './dictionaries.ts';
import { perItem, perSentence } from './passages.ts';
import { everyKind, type Rule } from './rule.ts';

const others =
  /(?:^|[，：、])(?:还有)?(?:我们|大家|咱们|领导班子|班子(?!一员)|党组|党委|部分[^，。]{0,4}(?:成员|党员|干部|同志)|(?:有的|个别|一些)(?:党员|干部|同志|成员))/;
const subordinates =
  /(?:分管|所属|下属|基层|站所|科室|机关|年轻|经办|具体)[^，。]{0,8}(?:科|室|中心|站|单位|干部|同志|人员|职工|党员)|(?:干部职工|经办人)/;
const praise =
  /(?:取得|得到|受到|获得)了?[^。；]{0,14}(?:成绩|成效|进展|好评|肯定|认可|表彰)|(?:圆满|较好地?|全面|超额|顺利)完成|总(?:体|的)(?:上)?(?:来)?[看说]?，?[^。；]{0,12}(?:是好的|较好|不错)|(?:虽然|尽管)[^。；]{2,40}(?:但是?|却|然而|不过)/;
const noProblem =
  /(?:没有|未)(?:发现)?(?:什么|明显|突出|大的|严重)*问题|不存在[^。；]{0,10}问题|做得(?:比较|较)?好|[两二三四五]个方面(?:合并|一并)/;
const reasoning =
  /只有[^。]{2,40}才能|是[^。，]{0,16}(?:必修课|看家本领|根本立场|生命线|重要法宝|基本功|首要任务)|必须(?:始终|牢固|坚决|时刻)|一刻也不能|意义重大|至关重要|要充分认识/;
const smallFaults =
  /(?:性子|脾气|性格)[^，。]{0,3}(?:急|直|内向)|说话(?:太|过于)?(?:直|快|冲)|(?:不善|不会)(?:于)?(?:总结|宣传|表达|应酬)|(?:文笔|文字功底)|方式方法(?:有时)?(?:简单|不够灵活)|急躁情绪/;

export const subjectRules: readonly Rule[] = [
  {
    id: 'R01',
    severity: 'confirm',
    kinds: ['outline'],
    find: perSentence(['problem'], ({ spoken }) => others.test(spoken) && PROBLEM.test(spoken) && !SELF.test(spoken)),
  },
  {
    id: 'R02',
    severity: 'warn',
    kinds: ['outline'],
    find: perSentence(
      ['problem'],
      ({ spoken }) => subordinates.test(spoken) && PROBLEM.test(spoken) && !SELF.test(spoken),
    ),
  },
  {
    id: 'R03',
    severity: 'warn',
    kinds: everyKind,
    find: perSentence(['problem'], ({ spoken }) => praise.test(spoken)),
  },
  {
    id: 'R08',
    severity: 'confirm',
    kinds: everyKind,
    find: perSentence(['problem'], ({ spoken }) => noProblem.test(spoken)),
  },
  {
    id: 'R09',
    severity: 'warn',
    kinds: everyKind,
    find: perSentence(['problem'], ({ spoken }) => reasoning.test(spoken) && !SELF.test(spoken)),
  },
  {
    id: 'R10',
    severity: 'hint',
    kinds: everyKind,
    find: perItem(['problem'], ({ spoken, whole }, { names }) => smallFaults.test(spoken) && !isConcrete(whole, names)),
  },
];
