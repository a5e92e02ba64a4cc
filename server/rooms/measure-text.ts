/**
 * A text's bytes, looked at without making a string of them: how many units of UTF-16 they are, and whether they may stand in
 * a document. On the wire half a surrogate pair has become U+FFFD, so that character is the trace of a torn one.
 */

export type NoText = 'malformed' | 'half_character' | 'control_character';

/** The units of UTF-16, or what is wrong first: no UTF-8, a torn character, a control character other than tab and line feed. */
export function measureText(bytes: Uint8Array): number | NoText {
  let units = 0;
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      if ((first < 0x20 && first !== 0x09 && first !== 0x0a) || first === 0x7f) return 'control_character';
      units += 1;
      at += 1;
      continue;
    }
    const more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0;
    if (more === 0 || !continues(bytes, at, more)) return 'malformed';
    if (first === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) return 'half_character';
    units += more === 3 ? 2 : 1;
    at += more + 1;
  }
  return units;
}

/** Whether the bytes behind a first one belong to it: no overlong form, no surrogate, nothing beyond U+10FFFF. */
function continues(bytes: Uint8Array, at: number, more: number): boolean {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return false;
  for (let index = 2; index <= more; index += 1) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return false;
  return true;
}
