/** The words of a text file as offices have them: UTF-8, UTF-16 with its mark, or GB 18030 (which holds GBK). Pure. */

/** Undefined when the bytes are no text in any of these. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const wide =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  for (const encoding of wide === undefined ? ['utf-8', 'gb18030'] : [wide]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // A file of another kind holds what no text holds.
      return text.includes('\u0000') ? undefined : text.replace(/\r\n?/g, '\n');
    } catch {
      // Not in this encoding: the next one is tried.
    }
  }
  return undefined;
}
