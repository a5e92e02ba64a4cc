/**
 * The clipboard's HTML (Word, WPS, a browser, our own pages) reduced to paragraphs, items and bold words. Everything else
 * is dropped, and what carried meaning is counted, so that the page can say it. Pure.
 */
import type { StyledRun } from '../binding/shared-block.ts';
import { type HtmlToken, htmlTokens, voidElements } from './html-tokens.ts';
import { cleanLetters, type DroppedKind, type Pasted, type PastedParagraph } from './pasted.ts';

const blockElements = new Set(
  'p div h1 h2 h3 h4 h5 h6 li ul ol tr table tbody thead tfoot caption blockquote pre section article header footer main aside dl dt dd figure figcaption address center body html form hr'.split(
    ' ',
  ),
);
const skippedElements = new Set(
  'head style script title template noscript xml object svg math del select button'.split(' '),
);
const pictures = new Set(['img', 'v:imagedata', 'object', 'svg', 'picture', 'video', 'canvas', 'embed']);

/** What an open element means for the letters in it. */
type Open = {
  readonly name: string;
  readonly strong: boolean;
  readonly remarks: readonly string[];
  readonly skipped: boolean;
  readonly item: boolean;
  readonly heading: boolean;
  readonly ordered: boolean;
};

const outermost: Open = {
  name: '',
  strong: false,
  remarks: [],
  skipped: false,
  item: false,
  heading: false,
  ordered: false,
};

export function readHtml(html: string): Pasted {
  const reader = new Reader();
  for (const token of htmlTokens(html)) reader.take(token);
  return reader.finish();
}

class Reader {
  readonly #stack: Open[] = [outermost];
  readonly #paragraphs: PastedParagraph[] = [];
  readonly #dropped = new Map<DroppedKind, number>();
  #runs: StyledRun[] = [];
  #item = false;
  #heading = false;
  /** A part of one block of our own pages: words, not a block. */
  #inline = false;

  take(token: HtmlToken): void {
    if (token.type === 'text') this.#text(token.text);
    else if (token.type === 'open') this.#open(token.name, token.attributes);
    else this.#close(token.name);
  }

  finish(): Pasted {
    this.#endParagraph();
    const [only] = this.#paragraphs;
    if (this.#inline && this.#paragraphs.length === 1 && only !== undefined) {
      return { paragraphs: [{ ...only, item: false }], dropped: {} };
    }
    return { paragraphs: this.#paragraphs, dropped: Object.fromEntries(this.#dropped) };
  }

  get #top(): Open {
    return this.#stack[this.#stack.length - 1] ?? outermost;
  }

  #drop(kind: DroppedKind): void {
    if (!this.#top.skipped) this.#dropped.set(kind, (this.#dropped.get(kind) ?? 0) + 1);
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    const style = (attributes['style'] ?? '').toLowerCase();
    this.#count(name, attributes, style);
    if (attributes['data-pm-slice']?.startsWith('1 1 ') === true) this.#inline = true;
    if (name === 'br') this.#endParagraph();
    if (voidElements.has(name)) return;
    if (blockElements.has(name)) this.#endParagraph();
    if (name === 'td' || name === 'th') this.#cell();
    const outer = this.#top;
    const open = within(outer, name, attributes, style);
    this.#stack.push(open);
    if (blockElements.has(name) && !open.skipped) {
      this.#item = open.item;
      this.#heading = open.heading;
    }
  }

  /** Cells of a row stand in one paragraph, parted by a space. */
  #cell(): void {
    if (this.#runs.length > 0) this.#text('　');
  }

  #count(name: string, attributes: Readonly<Record<string, string>>, style: string): void {
    const href = attributes['href'] ?? '';
    if (pictures.has(name)) this.#drop('picture');
    else if (name === 'table') this.#drop('table');
    else if (isComment(style, href)) this.#drop('comment');
    else if (isFootnote(style, href)) this.#drop('footnote');
    else if (name === 'a' && href !== '' && !href.startsWith('#')) this.#drop('link');
    else if (name === 'del') this.#drop('deletion');
    else if (name === 'ul') this.#drop('bullet');
    else if (isEmphasis(name, style)) this.#drop('emphasis');
  }

  #close(name: string): void {
    if (voidElements.has(name)) return;
    if (blockElements.has(name)) this.#endParagraph();
    for (let index = this.#stack.length - 1; index > 0; index -= 1) {
      if (this.#stack[index]?.name !== name) continue;
      this.#stack.length = index;
      break;
    }
    if (blockElements.has(name)) {
      this.#item = this.#top.item;
      this.#heading = this.#top.heading;
    }
  }

  #text(text: string): void {
    const { skipped, strong, remarks } = this.#top;
    if (skipped) return;
    const letters = cleanLetters(text);
    if (letters === '') return;
    const last = this.#runs[this.#runs.length - 1];
    if (last !== undefined && last.strong === strong && sameRemarks(last.remarks, remarks)) {
      this.#runs[this.#runs.length - 1] = { ...last, text: last.text + letters };
    } else this.#runs.push({ text: letters, strong, remarks });
  }

  #endParagraph(): void {
    const runs = collapse(this.#runs);
    this.#runs = [];
    if (runs.length === 0) return;
    this.#paragraphs.push({ runs, item: this.#item, heading: this.#heading });
  }
}

function within(outer: Open, name: string, attributes: Readonly<Record<string, string>>, style: string): Open {
  const heading = /^h[1-6]$/.test(name);
  const block = blockElements.has(name);
  const ordered = name === 'ol' || (name !== 'ul' && outer.ordered);
  return {
    name,
    strong: heading ? false : strongIn(outer.strong, name, style),
    remarks: remarksIn(outer.remarks, attributes),
    skipped: outer.skipped || skippedElements.has(name) || isApparatus(style),
    item: block ? isItem(outer, name, attributes) : outer.item,
    heading: heading || (!block && outer.heading),
    ordered,
  };
}

function strongIn(outer: boolean, name: string, style: string): boolean {
  const weight = /(?:^|[;\s])font-weight\s*:\s*(bold|bolder|normal|lighter|\d{3})/.exec(style)?.[1];
  if (weight !== undefined) return weight.startsWith('bold') || Number(weight) >= 600;
  return outer || name === 'b' || name === 'strong';
}

function remarksIn(outer: readonly string[], attributes: Readonly<Record<string, string>>): readonly string[] {
  const id = attributes['data-remark-id'];
  return id === undefined || id === '' || outer.includes(id) ? outer : [...outer, id];
}

/** An item of a numbered list, or a block that one of our own pages calls an item. */
function isItem(outer: Open, name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (attributes['data-block'] === 'item') return true;
  if (name === 'li') return outer.ordered;
  return outer.item && name === 'p';
}

function isComment(style: string, href: string): boolean {
  return style.includes('mso-comment-reference') || href.startsWith('#_msocom');
}

function isFootnote(style: string, href: string): boolean {
  return style.includes('mso-footnote-id') || /^#_(?:ftn|edn)/.test(href);
}

/** Word's lists of comments and footnotes behind the text, and the marks that point to them. */
function isApparatus(style: string): boolean {
  return /mso-element\s*:\s*(?:comment|footnote|endnote|header|footer)|mso-(?:comment-reference|footnote-id|endnote-id)|mso-special-character\s*:\s*comment|display\s*:\s*none|mso-hide\s*:\s*all/.test(
    style,
  );
}

function isEmphasis(name: string, style: string): boolean {
  if (name === 'i' || name === 'em' || name === 'u' || name === 's' || name === 'strike' || name === 'mark')
    return true;
  return /font-style\s*:\s*italic|text-decoration[^;]*:\s*[^;]*(?:underline|line-through)|mso-highlight\s*:/.test(
    style,
  );
}

function sameRemarks(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

const wide = '[\\u2e80-\\u9fff\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uffef“”‘’…—·]';
/** A line break in the source between two Chinese characters is the source's own wrapping. */
const wrapped = new RegExp(`(?<=${wide})[ \\t]*\\r?\\n[ \\t\\r\\n]*(?=${wide})`, 'g');

/** White space as HTML means it, indents and trailing blanks dropped, across runs. */
function collapse(runs: readonly StyledRun[]): StyledRun[] {
  const whole = runs.map((run) => run.text).join('');
  const drop = new Set<number>();
  for (const match of whole.matchAll(wrapped)) mark(drop, match.index, match[0].length);
  for (const match of whole.matchAll(/^[\s\u00a0\u3000]+|[\s\u00a0\u3000]+$/g))
    mark(drop, match.index, match[0].length);
  for (const match of whole.matchAll(/[ \t\r\n\u00a0]{2,}/g)) mark(drop, match.index + 1, match[0].length - 1);
  const result: StyledRun[] = [];
  let at = 0;
  for (const run of runs) {
    let text = '';
    for (let index = 0; index < run.text.length; index += 1, at += 1) {
      if (!drop.has(at)) text += run.text.charAt(index).replace(/[\t\r\n\u00a0]/, ' ');
    }
    if (text !== '') result.push({ ...run, text });
  }
  return result;
}

function mark(drop: Set<number>, from: number, length: number): void {
  for (let index = from; index < from + length; index += 1) drop.add(index);
}
