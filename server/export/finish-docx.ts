/**
 * The last step of a DOCX: what the docx library cannot write (styles in full, how punctuation is squeezed) and what it writes differently
 * every time or without being asked (times, the order and dates of zip entries, parts an exported text has no use for).
 */
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';

/** The earliest date a zip entry can bear; its reader's time zone is the writer's, so it is built from local parts. */
const entryDate = new Date(1980, 0, 1);

export function finishDocx(bytes: Uint8Array, stylesXml: string): Uint8Array {
  const parts = unzipSync(bytes);
  const rewrite = (path: string, change: (xml: string) => string): void => {
    const part = parts[path];
    if (part === undefined) throw new Error(`the docx library wrote no ${path}`);
    parts[path] = strToU8(change(strFromU8(part)));
  };
  rewrite('docProps/core.xml', withoutTimes);
  rewrite('word/settings.xml', withChineseSettings);
  rewrite('word/styles.xml', () => stylesXml);
  const ordered: Zippable = {};
  for (const path of Object.keys(parts).sort(contentTypesFirst)) {
    const part = parts[path];
    if (part !== undefined && !path.endsWith('/')) ordered[path] = [part, { mtime: entryDate, level: 9 }];
  }
  return zipSync(ordered);
}

function contentTypesFirst(a: string, b: string): number {
  const rank = (path: string) => (path === '[Content_Types].xml' ? 0 : path === '_rels/.rels' ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function withoutTimes(xml: string): string {
  return xml.replace(/<dcterms:(created|modified)\b[^>]*>[^<]*<\/dcterms:\1>/g, '');
}

/** 标点挤压: neighbouring full-width marks share a space. And the languages whose rules the text follows. */
function withChineseSettings(xml: string): string {
  if (!/<w:compat>.*<\/w:compat>/s.test(xml))
    throw new Error('the docx library wrote no w:compat to put settings around');
  return xml
    .replace('<w:compat>', '<w:characterSpacingControl w:val="compressPunctuation"/>$&')
    .replace('</w:compat>', '$&<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>');
}
