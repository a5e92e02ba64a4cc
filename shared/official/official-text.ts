/**
 * The final text as it is printed: title block, headings, paragraphs, with every number rendered. DOCX, PDF, plain text and
 * the page preview are made from this value, so they cannot differ in a character.
 *
 * It knows levels and weights, not fonts and sizes (`format.ts`), and nothing of files.
 */
import { type Block, blockText, type Run } from '../document/content.ts';
import type { FrozenText } from '../document/frozen-text.ts';
import { itemNumber, type Section } from '../template/sections.ts';
import { joinRuns } from './canonical.ts';
import { type DraftMark, draftMark } from './format.ts';
import { breakTitle } from './title-lines.ts';

/** Whose letters a run takes: the paragraph's own, its bold, or those of a heading of the second level that runs in. */
export const runStyles = ['plain', 'strong', 'levelTwo'] as const;
export type RunStyle = (typeof runStyles)[number];
export type OfficialRun = { readonly text: string; readonly style: RunStyle };

type Runs = {
  readonly runs: readonly OfficialRun[];
  /** Whether a part of the text begins here, a heading 一、 or a text without one: plain text leaves a line free before it. */
  readonly opensPart: boolean;
};
export type OfficialParagraph =
  | ({ readonly kind: 'heading'; readonly level: 1 | 2 } & Runs)
  | ({ readonly kind: 'body' } & Runs);

export type OfficialText = {
  /** Each line of the title as it was frozen, in the lines it is set in. */
  readonly title: readonly (readonly string[])[];
  /** 〔未审定〕 under the title, or empty. */
  readonly markLine: string;
  /** Empty when there is none. */
  readonly byline: string;
  readonly dateLine: string;
  readonly paragraphs: readonly OfficialParagraph[];
};

/** What a frozen text looks like in print; `mark` says that nobody has approved it. */
export function toOfficialText(text: FrozenText, mark?: DraftMark): OfficialText {
  const bodies = new Map(text.content.map((section) => [section.key, section.blocks]));
  return {
    title: text.title
      .map(printable)
      .filter((line) => line !== '')
      .map((line) => breakTitle(line)),
    markLine: mark === undefined ? '' : draftMark.line,
    byline: printable(text.byline),
    dateLine: printable(text.dateLine),
    paragraphs: text.sections.flatMap((section) => printedSection(section, bodies.get(section.key) ?? [])),
  };
}

/** A section that was left without text keeps its heading; one that has neither prints nothing. */
function printedSection(section: Section, blocks: readonly Block[]): OfficialParagraph[] {
  const body = section.hasBody ? printedBlocks(section, blocks) : [];
  const words = printable(section.number + section.title);
  const [first, ...others] = body.map((runs) => ({ kind: 'body', runs, opensPart: false }) as const);
  if (section.level !== 0 && words !== '') {
    const runs: OfficialRun[] = [{ text: words, style: 'plain' }];
    const heading = { kind: 'heading', level: section.level, runs, opensPart: section.level === 1 } as const;
    return first === undefined ? [heading] : [heading, first, ...others];
  }
  return first === undefined ? [] : [{ ...first, opensPart: true }, ...others];
}

/**
 * The blocks of a section as printed, numbers included. Blocks without a letter are not printed and take no number: an empty line at the
 * end of a list is how people leave a list, not an item.
 */
export function printedBlocks(section: Pick<Section, 'itemNumbering'>, blocks: readonly Block[]): OfficialRun[][] {
  let items = 0;
  return blocks.flatMap((block) => {
    if (printable(blockText(block)) === '') return [];
    if (block.kind === 'item') items += 1;
    const number = block.kind === 'item' ? itemNumber(section.itemNumbering, items) : '';
    return [styledRuns(number, block.runs, section.itemNumbering)];
  });
}

/** Number and text of one block. The bold phrase that opens a （一） item is a heading that runs in; a number goes with it. */
function styledRuns(number: string, runs: readonly Run[], numbering: Section['itemNumbering']): OfficialRun[] {
  const text = printable(runs.map((run) => run.text).join(''));
  const styled = trimTo(text, runs).map(
    (run, index): OfficialRun => ({
      text: run.text,
      style: styleOf(run, index === 0 && number !== '' && numbering === 'chinese'),
    }),
  );
  const first = styled.at(0);
  if (number === '' || first === undefined) return styled;
  return [{ text: number + first.text, style: first.style }, ...styled.slice(1)];
}

function styleOf(run: Run, runsIn: boolean): RunStyle {
  if (!run.strong) return 'plain';
  return runsIn ? 'levelTwo' : 'strong';
}

/** The runs, cleaned one by one, without the white space that `text` lost at its ends. */
function trimTo(text: string, runs: readonly Run[]): Run[] {
  const whole = clean(runs.map((run) => run.text).join(''));
  let skip = whole.indexOf(text);
  let left = text.length;
  const kept: Run[] = [];
  for (const run of runs) {
    const cleaned = clean(run.text);
    const part = cleaned.slice(skip, skip + left);
    skip = Math.max(0, skip - cleaned.length);
    left -= part.length;
    kept.push({ text: part, strong: run.strong });
  }
  return joinRuns(kept);
}

/** One line of text fit for paper: see `clean`, and no white space at either end. */
export function printable(text: string): string {
  return clean(text).trim();
}

/** Breaks and tabs inside a block become a space; controls, non-characters and halves of characters cannot be printed and go. */
function clean(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]/gu, ' ').replace(/[\p{Cc}\p{Cs}\uFEFF\u{FFFE}\u{FFFF}]/gu, '');
}
