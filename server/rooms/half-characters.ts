/** Where a cut would part the two halves of one character. Pure. */
import type { Struct } from './decode-update.ts';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whether cutting a new struct before its `offset`th unit would part a surrogate pair. */
export function splitsPair({ bytes, length }: Struct, offset: number): boolean {
  if (bytes === undefined || offset <= 0 || offset >= length) return false;
  return partsPair(utf8.decode(bytes), offset);
}

export function partsPair(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  const before = text.charCodeAt(offset - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
