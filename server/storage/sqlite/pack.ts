/**
 * Many journal entries as one blob: what a commit writes, and what the journal keeps of a document side by side. A row for
 * every letter costs more than the letter: its document, writer, session and time stand here once, however many share them.
 *
 * The form, all numbers varUints (LEB128): the form's number (1); how many texts, and each as length and UTF-8; how many
 * entries, and of each the places of its document, writer, session, cause and time among the texts, its position, and its
 * update as length and bytes.
 */
import { z } from 'zod';
import { roomId, userId } from '../../../shared/ids.ts';
import { type Entry, entryCauses } from '../storage.ts';

const form = 1;
const entryShape = z.object({
  documentId: roomId,
  seq: z.int(),
  update: z.instanceof(Uint8Array),
  writer: z.union([z.literal('server'), userId]),
  session: z.string(),
  cause: z.enum(entryCauses),
  at: z.string(),
});

/** An entry as it stands in a pack; its facts are looked at when somebody needs them. */
export type Packed = {
  readonly documentId: string;
  readonly seq: number;
  /** Into the pack's own bytes. */
  readonly update: Uint8Array;
  readonly writer: string;
  readonly session: string;
  readonly cause: string;
  readonly at: string;
};

/** Copies entries, in this order, into one blob. */
export function encodePack(entries: readonly Packed[]): Uint8Array {
  const texts = new Map<string, number>();
  let room = 16;
  const place = (text: string) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    // No UTF-16 unit takes more than three bytes.
    room += text.length * 3 + 5;
    texts.set(text, texts.size);
    return texts.size - 1;
  };
  const places: number[] = [];
  for (const { documentId: of, writer, session, cause, at, update } of entries) {
    places.push(place(of), place(writer), place(session), place(cause), place(at));
    room += update.length + 40;
  }
  const writing = new Writing(room);
  writing.number(form);
  writing.number(texts.size);
  for (const text of texts.keys()) writing.text(text);
  writing.number(entries.length);
  let next = 0;
  for (const { seq, update } of entries) {
    for (const end = next + 5; next < end; next += 1) writing.number(places[next] ?? 0);
    writing.number(seq);
    writing.bytes(update);
  }
  return writing.done();
}

/** Throws on bytes that are no pack. */
export function decodePack(pack: Uint8Array): Packed[] {
  const reading = new Reading(pack);
  if (reading.number() !== form) throw damaged();
  const texts: string[] = [];
  for (let left = reading.number(); left > 0; left -= 1) texts.push(reading.text());
  const text = () => {
    const found = texts[reading.number()];
    if (found === undefined) throw damaged();
    return found;
  };
  const entries: Packed[] = [];
  for (let left = reading.number(); left > 0; left -= 1) {
    entries.push({
      documentId: text(),
      writer: text(),
      session: text(),
      cause: text(),
      at: text(),
      seq: reading.number(),
      update: reading.bytes(),
    });
  }
  reading.end();
  return entries;
}

/** An entry with its facts looked at, its bytes the caller's own. Throws when they cannot be an entry's. */
export function asEntry(packed: Packed): Entry {
  return entryShape.parse({ ...packed, update: packed.update.slice() });
}

function damaged(): Error {
  return new Error('the journal is damaged: a row of it cannot be read');
}

class Writing {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(room: number) {
    this.#buffer = Buffer.allocUnsafe(room);
  }

  number(value: number): void {
    let left = value;
    while (left > 127) {
      this.#buffer[this.#at++] = (left % 128) | 128;
      left = Math.floor(left / 128);
    }
    this.#buffer[this.#at++] = left;
  }

  /** The length in front is written first in as many bytes as it may need, which is one for all that occurs. */
  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.number(length);
    this.#at += this.#buffer.write(text, this.#at, length, 'utf8');
  }

  bytes(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  done(): Uint8Array {
    return this.#buffer.subarray(0, this.#at);
  }
}

class Reading {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined || scale > Number.MAX_SAFE_INTEGER) throw damaged();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  text(): string {
    const [start, end] = this.#span();
    return this.#bytes.toString('utf8', start, end);
  }

  bytes(): Uint8Array {
    const [start, end] = this.#span();
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + start, end - start);
  }

  #span(): [number, number] {
    const length = this.number();
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) throw damaged();
    return [start, this.#at];
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw damaged();
  }
}
