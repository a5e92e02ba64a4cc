/** Numbers that writers type and the template renders: 一、 （一） 1. 1、 （1）. Pure. */

const chinese = '[一二三四五六七八九十]{1,3}';
const firstLevel = new RegExp(`^${chinese}[、.．]\\s*`);
const secondLevel = new RegExp(`^[（(]\\s*${chinese}\\s*[)）][、.．]?\\s*`);
/** Not 1.5 万元: a digit behind the dot is an amount, unless a date begins there (1.2022年每月…). */
const dotted = /^\d{1,2}\s*(?:[.．](?:(?!\d)|(?=\d{4}年|\d{1,2}[月日]))|、|[)）])\s*/;
const bracketed = /^[（(]\s*\d{1,2}\s*[)）][、.．]?\s*/;
const circled = /^[①-⑳]\s*/;

function matchLength(text: string, ...patterns: readonly RegExp[]): number {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found !== null) return found[0].length;
  }
  return 0;
}

/** How many letters of `text` are the number `expected` with a dot, whatever follows: 2.12345热线 behind an item 1. */
export function nextMarkerLength(text: string, expected: number): number {
  const found = /^(\d{1,2})[.．]/.exec(text);
  return found !== null && Number(found[1]) === expected ? found[0].length : 0;
}

/** The number of an item that begins with 1. or 1、; undefined for other marks. */
export function itemOrdinal(text: string): number | undefined {
  const found = /^(\d{1,2})[.．、]/.exec(text);
  return found === null ? undefined : Number(found[1]);
}

/** How many letters of `text` are an item's number: 1. 1、 （1） ① （一）; 0 for none. */
export function itemMarkerLength(text: string): number {
  return matchLength(text, dotted, bracketed, circled, secondLevel);
}

/** How many letters are a heading's number: 一、 or （一）. */
export function headingMarkerLength(text: string): number {
  return matchLength(text, firstLevel, secondLevel);
}

/** Which level a heading's number claims: 1 for 一、, 2 for （一）, 0 for none. */
export function headingLevel(text: string): 0 | 1 | 2 {
  if (firstLevel.test(text)) return 1;
  return secondLevel.test(text) ? 2 : 0;
}
