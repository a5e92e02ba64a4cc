/**
 * What a sample or a template has left in a text (R22): placeholders, and the author calling himself a member of another
 * unit's organ. Readiness before a submission asks here too; there is no second list.
 */
import { stretch } from './passages.ts';
import { everyKind, type Rule } from './rule.ts';
import { wordList } from './settings.ts';

const placeholderForms = new RegExp(
  [
    '(?<![A-Za-z])[XxＸ×*＊]{2,}(?![A-Za-z])', // XX项目, ××同志
    '某某',
    '〔待[^〕]{0,40}〕', // 〔待补〕
    '[（(]待(?:补充?|填写?|定稿|完善|核实)[^）)]{0,40}[）)]',
    '[（(]此处[^）)]{0,40}[）)]',
    '【(?:此处|填写|请|单位|姓名|时间|待|补充|插入)?[^】]{0,40}】',
    '\\[(?:此处|填写|请|单位|姓名|时间|待)[^\\]]{0,40}\\]',
    '[_＿]{3,}',
  ].join('|'),
  'gu',
);

/** 作为红河镇党委委员: whoever visits another unit's organ may name it, whoever speaks as a member of it may not. */
const foreign = /(?:作为|我(?:是|系|任|担任))[^，。]{0,4}?\p{Script=Han}{2,6}(?:镇|乡|街道)(?:党委|党工委)/gu;

export type Placeholder = { readonly word: string; readonly from: number };

/**
 * The placeholders in a text. `own` are names that may look like one (a unit called XX市XX局): a match is not reported when
 * it stands, with a neighbouring character, as it does in one of them.
 */
export function findPlaceholders(text: string, own: readonly string[]): Placeholder[] {
  if (text.search(placeholderForms) === -1) return [];
  const found: Placeholder[] = [];
  for (const match of text.matchAll(placeholderForms)) {
    const [word] = match;
    const withBefore = text.slice(Math.max(0, match.index - 1), match.index + word.length);
    const withAfter = text.slice(match.index, match.index + word.length + 1);
    const isOwn = own.some(
      (name) =>
        name === word ||
        (withBefore.length > word.length && name.includes(withBefore)) ||
        (withAfter.length > word.length && name.includes(withAfter)),
    );
    if (!isOwn) found.push({ word, from: match.index });
  }
  return found;
}

export function placeholders(text: string, own: readonly string[]): string[] {
  return findPlaceholders(text, own).map(({ word }) => word);
}

function foreignUnits(text: string, own: readonly string[]): Placeholder[] {
  // Few lines name an organ, and the expression is dear to make ready.
  if (!/党委|党工委/.test(text)) return [];
  return [...text.matchAll(foreign)]
    .map((match) => ({ word: match[0], from: match.index }))
    .filter(({ word }) => !own.some((name) => word.includes(name)));
}

export const placeholderRules: readonly Rule[] = [
  {
    id: 'R22',
    severity: 'block',
    kinds: everyKind,
    // Also in quotation marks: nobody quotes a gap.
    find: (text, settings, { ownNames }) => {
      const own = [...ownNames, ...wordList(settings, 'ownNames')];
      return text.parts.flatMap(({ lines }) =>
        lines.flatMap((line) => [
          ...findPlaceholders(line.text, own).map(({ word, from }) =>
            stretch(line, from, from + word.length, { form: 'placeholder', word }),
          ),
          ...foreignUnits(line.text, own).map(({ word, from }) =>
            stretch(line, from, from + word.length, { form: 'foreign', word }),
          ),
        ]),
      );
    },
  },
];
