/**
 * The word lists several rules share, as they stand in the list of quality rules. `CONCRETE` takes the unit's own names of
 * places and projects from the meeting's settings.
 */
export const PROBLEM =
  /不够|不足|不到位|不强|不深|不透|不严|不实|不细|不高|不力|不紧|不及时|不规范|欠缺|差距|薄弱|缺乏|未能|没有|松懈|滞后|漂浮|敷衍|偏差|偏软|偏少|久拖|畏难|等靠/;
export const SELF = /(?<!自)我(?!们|局|市|国|党|省|县|区|院|校|委|办|军|科|处|站|镇|乡)|本人/;
const CONCRETE =
  /\d|(?:[二三四五六七八九十百两]+|一(?=(?:次|件|份|天|年|月|名|篇|条|户|家|批|晚)))(?:多|几)?(?:次|件|个|份|天|年|月|名|人|篇|条|万元|户|家|批|项|晚|遍)|《[^》]+》|[张李王赵钱孙周吴郑陈刘杨][一二三四五六七八九十某]|(?:小区|市场|泵站|标段|合同|工程科|平台)/;
export const HOPE = /希望|建议|期待|相信|祝愿|要(?:更加|进一步|继续|再)|今后(?:多|要|更加|进一步|注意)/;
export const FAULT =
  /不(?:够|足|到位|强|深|严|实|细|高|力|紧|及时|规范|听|看|问)|没有|没(?:打|去|看|管|问)|问题|拖了|放松|推诿|回避|久拖|少(?=，|。|；)|先(?:用|领)后(?:批|补)|偏差|敷衍|态度|违反|占用/;
export const ADVICE = /建议|希望|今后|应当|要(?!求)/;
/** With 工作日 and written-out days beside the list's, so that 「三日内」 and 「10个工作日内」 are deadlines. */
export const DEADLINE =
  /\d{2,4}年|\d+月|每(?:天|日|周|月|季|半年|年|两个月)|底前|以内|之内|\d+(?:小时|天|日|周)|\d+个?工作日|[一二两三四五六七八九十]+(?:日|天|周)内|立即|当月/;
/** With days and with results that are made known beside the list's countable ones. */
export const VERIF = /\d|[一二两三四五六七八九十]+(?:次|篇|个|件|份|遍|户|家|条|晚|日|天|周)|(?:报告|通报|公布|公示)/;
export const THOUGHT =
  /思想|认为|觉得|怕|私心|党性|宗旨|信念|政绩观|侥幸|惰性|优越|感情|立场|担当|责任心|满足于|求稳|面子|碍于|放松|淡|动机|当成|看成/;

/** Fixed political phrases with numerals are no numbers of the author's. */
const STRIP =
  /[一二两三四五六七八九十]个(?:确立|维护|意识|自信|着力|统一|全面|务必|摆进去|带头|到位|方面)|第一时间|一(?:把手|岗双责)|十[八九]届|二十届|\d+(?:届|中全会)/g;

/** Whether words name a person, a thing, a time or a number; `names` are the people's and what the meeting has added. */
export function isConcrete(words: string, names: readonly string[]): boolean {
  const own = words.replace(STRIP, '');
  return CONCRETE.test(own) || names.some((name) => name !== '' && own.includes(name));
}
