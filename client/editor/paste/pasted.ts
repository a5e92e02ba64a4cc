/** What a clipboard held, reduced to what a section can take, and a count of what it cannot. */
import type { StyledRun } from '../binding/shared-block.ts';

export type PastedParagraph = {
  readonly runs: readonly StyledRun[];
  /** The source said that this is a numbered item. */
  readonly item: boolean;
  /** The source said that this is a heading. */
  readonly heading: boolean;
};

export const droppedKinds = [
  'picture',
  'table',
  'link',
  'comment',
  'footnote',
  'deletion',
  'bullet',
  'emphasis', // italics, underlines, colours that carry meaning
] as const;
export type DroppedKind = (typeof droppedKinds)[number];
export type Dropped = Readonly<Partial<Record<DroppedKind, number>>>;

export type Pasted = { readonly paragraphs: readonly PastedParagraph[]; readonly dropped: Dropped };

export function textOf(paragraph: Pick<PastedParagraph, 'runs'>): string {
  return paragraph.runs.map((run) => run.text).join('');
}

/** Runs without their first `length` letters. */
export function cutRuns(runs: readonly StyledRun[], length: number): StyledRun[] {
  const rest: StyledRun[] = [];
  let left = length;
  for (const run of runs) {
    if (left >= run.text.length) left -= run.text.length;
    else {
      rest.push(left === 0 ? run : { ...run, text: run.text.slice(left) });
      left = 0;
    }
  }
  return rest;
}

/** What the shared text cannot hold: control characters, torn surrogates, invisible marks of word processors. */
export function cleanLetters(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u2028\u2029\ufeff\ufffc]/g, '')
      .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '')
  );
}
