/** Finding words in a whole document. Letters match without regard to case and width; white space in the query counts. Pure. */
import type { Stretch } from './plugins/lights.ts';

export type SearchedSection = { readonly key: string; readonly blocks: readonly string[] };
export type Found = Stretch & { readonly section: string };

/** One UTF-16 unit for one: offsets in the folded text are offsets in the text. */
function fold(text: string): string {
  let folded = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const narrow = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code === 0x3000 ? 0x20 : code;
    const small = String.fromCharCode(narrow).toLowerCase();
    folded += small.length === 1 ? small : text.charAt(index);
  }
  return folded;
}

export function findAll(sections: readonly SearchedSection[], query: string): Found[] {
  const wanted = fold(query);
  if (wanted.trim() === '') return [];
  const found: Found[] = [];
  for (const { key, blocks } of sections) {
    blocks.forEach((text, block) => {
      const folded = fold(text);
      for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + wanted.length)) {
        found.push({ section: key, block, from: at, to: at + wanted.length });
      }
    });
  }
  return found;
}
