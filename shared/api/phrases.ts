/** A reviewer's stock phrases (常用批语). The first nine answer to the number keys. */
import { z } from 'zod';
import { basisSchema, remarkKinds } from './remarks.ts';

export const phraseBody = z.object({
  words: z.string().trim().min(1).max(500),
  kind: z.enum(remarkKinds),
  basis: basisSchema.default(''),
});
export type Phrase = z.output<typeof phraseBody>;

/** More than anybody looks through; the first nine have keys. */
export const mostPhrases = 40;

export const phrasesBody = z.object({ phrases: z.array(phraseBody).max(mostPhrases) });
/** `own` is false while the list is the one everybody begins with. */
export const phrasesAnswer = z.object({ phrases: z.array(phraseBody), own: z.boolean() });

/** What a reviewer begins with: the faults a leader sends outlines back for, as questions and advice. */
export const firstPhrases: readonly Phrase[] = [
  { words: '能不能写出具体的时间、地点、经过和人？', kind: 'question', basis: 'R06' },
  { words: '请用“我”来写，写本人的问题。', kind: 'problem', basis: 'R01' },
  { words: '成绩的话请删去，直接摆问题。', kind: 'problem', basis: 'R03' },
  { words: '原因请再往思想上找：当时是怎么想的？', kind: 'suggestion', basis: 'R13' },
  { words: '措施请写明时限、责任人和怎样检查。', kind: 'suggestion', basis: 'R15' },
  { words: '这一条是套话，请换成自己的话、自己的事。', kind: 'problem', basis: 'R07' },
  { words: '征求到的意见里有这一条，请作出回应。', kind: 'suggestion', basis: 'R18' },
  { words: '请核对文件名称、数字和规范表述。', kind: 'suggestion', basis: 'R23' },
  { words: '写得实在，保留。', kind: 'praise', basis: '' },
];
