/** Plain text from the clipboard: one paragraph a line, empty lines and indents dropped. Pure. */
import { cleanLetters, type Pasted } from './pasted.ts';

const edges = /^[\s\u3000\u00a0]+|[\s\u3000\u00a0]+$/g;

export function readText(text: string): Pasted {
  const paragraphs = text
    .split(/\r\n|[\r\n\v\f\u2028\u2029]/)
    .map((line) => cleanLetters(line).replace(/\t/g, ' ').replace(edges, ''))
    .filter((line) => line !== '')
    .map((line) => ({ runs: [{ text: line, strong: false, remarks: [] }], item: false, heading: false }));
  return { paragraphs, dropped: {} };
}
