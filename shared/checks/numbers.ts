/** N16: the numbers of a text and those of the records. A rule without records asks nothing. */
import { perMatch } from './passages.ts';
import { everyKind, type Finding, type Rule } from './rule.ts';

const counted = {
  opinions: /(?:意见|建议)(?:建议)?(?:共|计|合计)?(\d+)条|(\d+)条(?:意见|建议)/g,
  talks: /谈心(?:谈话)?(?:共|计)?(\d+)(?:人次|次)/g,
  problems: /查摆(?:出|的)?(?:问题)?(\d+)个/g,
} as const;
type Counted = keyof typeof counted;
const kinds = Object.keys(counted) as Counted[]; // its own keys

export const numberRules: readonly Rule[] = [
  {
    id: 'N16',
    severity: 'hint',
    kinds: everyKind,
    find: (text, settings, context) =>
      kinds.flatMap((what): Finding[] => {
        const recorded = context.records?.[what];
        if (recorded === undefined) return [];
        return perMatch(counted[what], (words) => ({ what, said: Number(/\d+/.exec(words)?.[0]), recorded }))(
          text,
          settings,
          context,
        ).filter(({ facts }) => facts['said'] !== recorded);
      }),
  },
];
