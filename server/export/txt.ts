/**
 * The final text as a text file for Windows offices: UTF-8 with a byte order mark, because older Notepad and WPS take a file
 * without one for GBK, and lines that end with CR LF, because older Notepad shows no others.
 */
import type { OfficialText } from '../../shared/official/official-text.ts';
import { toPlainText } from '../../shared/official/plain-text.ts';

const byteOrderMark = '\uFEFF';

export function toTxt(text: OfficialText): Uint8Array {
  return new TextEncoder().encode(byteOrderMark + toPlainText(text).replaceAll('\n', '\r\n'));
}
