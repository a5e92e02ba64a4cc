/**
 * How words came in: the pure classification of a list of arrivals. One accepted update is one batch; a batch was typed or
 * belongs to a piece. Only what the server saw counts: when an update arrived, why, from whom, how many new characters.
 */
import { Pace, typedAtOnce } from './pace.ts';

/** `typed` live; `piece` in one go; `offline` with the answer after a break; `adopted` from a proposal. */
export const handKinds = ['typed', 'piece', 'offline', 'adopted'] as const;
export type HandKind = (typeof handKinds)[number];

/** The new characters of one accepted update; what it merely moved within the text is not new. */
export type Arrival = {
  /** A user id, or `server`. */
  readonly writer: string;
  /** Milliseconds of the server's clock when it was accepted. */
  readonly at: number;
  /** Whether it was the answer to the server's question after a break, rather than a live update. */
  readonly answer: boolean;
  readonly characters: number;
};

/** Words that did not come letter by letter. `row`: many small updates, faster than a hand. */
export type Piece = {
  kind: 'piece' | 'offline' | 'adopted';
  readonly how: 'once' | 'row';
  readonly writer: string;
  readonly at: number;
  until: number;
  characters: number;
};

export type Batch = {
  readonly writer: string;
  readonly at: number;
  characters: number;
  piece: Piece | undefined;
};

/** Batches of a row whose pauses are no longer than this belong to one piece. */
const rowPauseMs = 10_000;

export class Ledger {
  readonly batches: Batch[] = [];
  /** In the order in which they began to arrive, or were found to be one. */
  readonly pieces: Piece[] = [];
  readonly #paces = new Map<string, Pace>();
  readonly #rows = new Map<string, Piece>();

  /** Takes the next arrival of the journal; the number of its batch. */
  take(arrival: Arrival): number {
    const { writer, at, answer, characters } = arrival;
    const number = this.batches.length;
    const batch: Batch = { writer, at, characters, piece: undefined };
    this.batches.push(batch);
    if (characters > (writer === 'server' ? 0 : typedAtOnce)) {
      batch.piece = this.#begin(batch, answer ? 'offline' : 'piece', 'once');
      batch.piece.characters = characters;
    } else if (characters > 0) this.#typed(number, batch);
    return number;
  }

  kindOf(batch: number): HandKind {
    return this.batches[batch]?.piece?.kind ?? 'typed';
  }

  /** A batch turns out to be an adopted proposal. */
  adopt(number: number): void {
    const batch = this.batches[number];
    if (batch === undefined || batch.piece?.kind === 'adopted') return;
    if (batch.piece !== undefined) batch.piece.characters -= batch.characters;
    batch.piece = this.#begin(batch, 'adopted', 'once');
    batch.piece.characters = batch.characters;
  }

  /** Parts some characters of a batch from it as adopted; their own batch's number. What is left is what it is by itself. */
  adoptPart(number: number, characters: number): number {
    const batch = this.batches[number];
    if (batch === undefined) return number;
    batch.characters -= characters;
    const { piece } = batch;
    if (piece !== undefined) piece.characters -= characters;
    if (piece?.kind === 'piece' && piece.how === 'once' && batch.characters <= typedAtOnce) batch.piece = undefined;
    const part: Batch = { ...batch, characters, piece: undefined };
    part.piece = this.#begin(part, 'adopted', 'once');
    part.piece.characters = characters;
    return this.batches.push(part) - 1;
  }

  #typed(number: number, { writer, at, characters }: Batch): void {
    const pace = this.#paces.get(writer) ?? new Pace();
    this.#paces.set(writer, pace);
    for (const fast of pace.note(number, at, characters)) this.#joinRow(fast);
  }

  #joinRow(number: number): void {
    const batch = this.batches[number];
    if (batch === undefined) return;
    const last = this.#rows.get(batch.writer);
    const row = last !== undefined && batch.at - last.until <= rowPauseMs ? last : this.#begin(batch, 'piece', 'row');
    this.#rows.set(batch.writer, row);
    row.until = Math.max(row.until, batch.at);
    row.characters += batch.characters;
    batch.piece = row;
  }

  #begin({ writer, at }: Batch, kind: Piece['kind'], how: Piece['how']): Piece {
    const piece: Piece = { kind, how, writer, at, until: at, characters: 0 };
    this.pieces.push(piece);
    return piece;
  }
}

/** The kind of each arrival, once all of them are known. */
export function classify(arrivals: readonly Arrival[]): HandKind[] {
  const ledger = new Ledger();
  for (const arrival of arrivals) ledger.take(arrival);
  return arrivals.map((_, index) => ledger.kindOf(index));
}
