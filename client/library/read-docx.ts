/**
 * The words of a DOCX file (ECMA-376), one paragraph a line: what stands in it as accepted, without words taken out, numbers that the
 * word processor counts, pictures, headers and notes. The file is somebody else's: its sizes are not believed, and nothing is unpacked
 * beyond what a text can need. Pure.
 */
import { Unzip, UnzipInflate } from 'fflate';
import { err, ok, type Result } from '../../shared/result.ts';

export type DocxTrouble = 'damaged' | 'too_large';

/** A file with pictures; the words themselves take a small part of it. In bytes. */
export const mostDocxBytes = 10 * 1024 * 1024;
/** Some hundred bytes of markup for a letter, for the longest text the library takes. In bytes. */
export const mostXmlBytes = 32 * 1024 * 1024;
/** So much is unpacked between two looks at how much there is; a byte can become a thousand. */
const stepBytes = 4096;

const bodyPath = 'word/document.xml';

export function readDocx(bytes: Uint8Array): Result<string, DocxTrouble> {
  if (bytes.length > mostDocxBytes) return err('too_large');
  const body = unpackBody(bytes);
  return body.ok ? wordsOf(body.value) : body;
}

/** `damaged` when it is no archive, or has no text. */
function unpackBody(bytes: Uint8Array): Result<Uint8Array, DocxTrouble> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let complete = false;
  let broken = false;
  const archive = new Unzip((file) => {
    if (file.name !== bodyPath) return;
    file.ondata = (error, chunk, final) => {
      broken ||= error !== null;
      complete ||= final;
      size += chunk?.length ?? 0;
      if (size <= mostXmlBytes && chunk !== null) chunks.push(chunk);
    };
    file.start();
  });
  archive.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length && !broken && size <= mostXmlBytes; at += stepBytes) {
      archive.push(bytes.subarray(at, at + stepBytes), at + stepBytes >= bytes.length);
    }
  } catch {
    // The archive is not one, or ends in the middle.
    broken = true;
  }
  if (size > mostXmlBytes) return err('too_large');
  if (broken || !complete) return err('damaged');
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return ok(body);
}

/** Elements whose words do not stand in the text: taken out, moved away, or said a second time for older programs. */
const away = new Set(['del', 'moveFrom', 'Fallback']);

function wordsOf(xml: Uint8Array): Result<string, DocxTrouble> {
  const source = new TextDecoder().decode(xml);
  // A word processor writes no entities of its own; an archive that has them wants something else.
  if (!source.includes('<') || /<!(?:DOCTYPE|ENTITY)/i.test(source)) return err('damaged');
  let words = '';
  const open = { t: 0, r: 0, away: 0 };
  for (const [, tag, letters] of source.matchAll(/<([^<>]*)>|([^<]+)/g)) {
    if (letters !== undefined) {
      if (open.t > 0 && open.away === 0) words += plain(letters);
      continue;
    }
    const name = /^\/?(?:[\w.-]+:)?([\w.-]+)/.exec(tag ?? '')?.[1] ?? '';
    const step = tag?.startsWith('/') ? -1 : tag?.endsWith('/') ? 0 : 1;
    if (name === 't' || name === 'r') open[name] += step;
    else if (away.has(name)) open.away += step;
    else if (name === 'p' && step === -1) words += '\n';
    // Stops for tabs have the same name as tabs, outside of runs.
    else if (open.r > 0 && open.away === 0 && step !== -1) words += breakOf(name);
  }
  const lines = words.split('\n').map((line) => line.trim());
  return ok(lines.filter((line) => line !== '').join('\n'));
}

function breakOf(name: string): string {
  if (name === 'tab') return ' ';
  return name === 'br' || name === 'cr' ? '\n' : '';
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plain(letters: string): string {
  return letters.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return named[String(name)] ?? all;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
