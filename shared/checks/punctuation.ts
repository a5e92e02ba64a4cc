/**
 * Punctuation, spaces and numbering (R26): where they are not as the standards have them (GB/T 15834, GB/T 9704), and what to put
 * there instead. Where only the author can know, as with a bracket that is never closed or three full stops in a row, nothing is put.
 */
import { perMatch } from './passages.ts';
import { everyKind, type Finding, type Rule } from './rule.ts';

const asked =
  /\p{Script=Han}[,;:?!](?=\p{Script=Han})|\p{Script=Han} +\p{Script=Han}|[。，；]{2,}|\.{3,}|^[一二三四五六七八九十][.．,，]|（[一二三四五六七八九十]）、|^\d+、|《[^》]*$/gu;

/** Letters of a text, from and to in UTF-16 units, and what stands there when it is put right. */
export type Mend = { readonly from: number; readonly to: number; readonly right: string };

const wide: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' };

/** Of several marks in a row the strongest stays; three full stops may be an ellipsis or an end. */
function oneOf(marks: string): string | undefined {
  if (/^。{3,}$/.test(marks)) return undefined;
  return ['。', '；', '，'].find((mark) => marks.includes(mark));
}

const mends: readonly (readonly [RegExp, (word: string) => string | undefined])[] = [
  [/(?<=\p{Script=Han})[,;:?!](?=\p{Script=Han})/gu, (mark) => wide[mark]],
  [/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, () => ''],
  [/[。，；]{2,}/g, oneOf],
  [/\.{3,}/g, () => '……'],
  [/(?<=^[一二三四五六七八九十])[.．,，]/g, () => '、'],
  [/(?<=（[一二三四五六七八九十]）)、/g, () => ''],
  [/(?<=^\d+)、/g, () => '.'],
];

/** What can be put right in these letters of a text, the first first; quotations are somebody else's and stay. */
export function mendsIn(spoken: string, from: number, to: number): Mend[] {
  return mends
    .flatMap(([expression, rightOf]) =>
      [...spoken.matchAll(expression)].flatMap(({ index, 0: word }): Mend[] => {
        const right = rightOf(word);
        return right === undefined ? [] : [{ from: index, to: index + word.length, right }];
      }),
    )
    .filter((mend) => mend.from >= from && mend.to <= to)
    .sort((a, b) => a.from - b.from);
}

/** The letters from `from` to before `to` with everything put right in them. */
export function mended(text: string, from: number, to: number, found: readonly Mend[]): string {
  let at = from;
  const pieces = found.map((mend) => {
    const piece = text.slice(at, mend.from) + mend.right;
    at = mend.to;
    return piece;
  });
  return pieces.join('') + text.slice(at, to);
}

export const punctuationRules: readonly Rule[] = [
  {
    id: 'R26',
    severity: 'hint',
    kinds: everyKind,
    find: perMatch(asked, (word, line, from): Finding['facts'] => {
      const found = mendsIn(line.spoken, from, from + word.length);
      return found.length === 0 ? {} : { form: 'mend', right: mended(line.text, from, from + word.length, found) };
    }),
  },
];
