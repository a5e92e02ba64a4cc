/** The words of a file for the library: a text file, or a DOCX. Pure. */
import { mostReferenceLength } from '../../shared/api/references.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText } from './decode-text.ts';
import { type DocxTrouble, readDocx } from './read-docx.ts';

/** `old_word`: a DOC, or a DOCX with a password; `no_words`: there is no text in it; `long`: more than the library takes. */
export type FileTrouble = DocxTrouble | 'unreadable' | 'old_word' | 'no_words' | 'long';

export function readFile(bytes: Uint8Array): Result<string, FileTrouble> {
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return err('old_word');
  const words = begins(bytes, [0x50, 0x4b, 0x03, 0x04]) ? readDocx(bytes) : textOf(bytes);
  if (!words.ok) return words;
  if (words.value.trim() === '') return err('no_words');
  return words.value.length > mostReferenceLength ? err('long') : words;
}

function textOf(bytes: Uint8Array): Result<string, FileTrouble> {
  const text = decodeText(bytes);
  return text === undefined ? err('unreadable') : ok(text);
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
