/**
 * The clipboard's HTML as tags and text. Word, WPS and browsers write it by machine; this reads it without a DOM, so nothing
 * in it can run or load, and so that it can be tested anywhere.
 */
export type HtmlToken =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly type: 'close'; readonly name: string };

/** Elements that never have content. */
export const voidElements = new Set(['br', 'img', 'hr', 'meta', 'link', 'input', 'col', 'wbr', 'source', 'base']);
/** Elements whose content is not markup. */
const rawElements = new Set(['script', 'style', 'title', 'textarea', 'xmp', 'noscript']);

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  middot: '·',
  bull: '•',
  times: '×',
  divide: '÷',
  deg: '°',
  plusmn: '±',
  permil: '‰',
  sect: '§',
  para: '¶',
  copy: '©',
  reg: '®',
  trade: '™',
  yen: '¥',
  euro: '€',
  shy: '',
  zwj: '',
  zwnj: '',
};

export function decodeEntities(text: string): string {
  return text.replace(/&(#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z]{2,8});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? whole;
    const hex = name.charAt(1).toLowerCase() === 'x';
    const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
    const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return valid ? String.fromCodePoint(code) : '';
  });
}

const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/y;
const attribute = /([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;

export function* htmlTokens(html: string): Generator<HtmlToken> {
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    if (next === -1 || next > at) {
      const end = next === -1 ? html.length : next;
      yield { type: 'text', text: decodeEntities(html.slice(at, end)) };
      at = end;
      continue;
    }
    const skipped = skipDeclaration(html, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(html);
    if (match === null) {
      yield { type: 'text', text: '<' };
      at += 1;
      continue;
    }
    at = tag.lastIndex;
    const name = (match[2] ?? '').toLowerCase();
    if (match[1] === '/') yield { type: 'close', name };
    else {
      yield { type: 'open', name, attributes: readAttributes(match[3] ?? '') };
      const selfClosed = (match[3] ?? '').endsWith('/') && name.includes(':');
      if (selfClosed || voidElements.has(name)) yield { type: 'close', name };
      else if (rawElements.has(name)) at = endOfRaw(html, at, name);
    }
  }
}

/** Comments, Word's conditional sections (`<!--[if …]>`, `<![if …]>`), doctypes and processing instructions. */
function skipDeclaration(html: string, at: number): number {
  if (html.startsWith('<!--', at)) return endAfter(html, at, '-->');
  if (html.startsWith('<!', at) || html.startsWith('<?', at)) return endAfter(html, at, '>');
  return at;
}

function endAfter(html: string, from: number, mark: string): number {
  const end = html.indexOf(mark, from + 2);
  return end === -1 ? html.length : end + mark.length;
}

function endOfRaw(html: string, from: number, name: string): number {
  const end = html.toLowerCase().indexOf(`</${name}`, from);
  return end === -1 ? html.length : end;
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const match of text.matchAll(attribute)) {
    const name = (match[1] ?? '').toLowerCase();
    attributes[name] = decodeEntities(match[2] ?? match[3] ?? match[4] ?? '');
  }
  return attributes;
}
