/**
 * Who typed which letter and what became of it. Every tracked letter is typed once in a story, so a letter that is missing
 * in the end can be asked why: somebody took it away, it lies in its author's tray, or it was lost.
 */
import type { Random } from './random.ts';

/** Letters that occur again and again: the same ones next to each other are what a diff can mistake. */
const everyday = ['的', '的', '一', '，', '。', '是是', '𠮷', '𬍛', '😀', '👩‍👧', '2021年', ' '];
const everydayLetters = new Set(everyday.flatMap((word) => [...word]));

export type Typed = { readonly by: string; readonly step: number; readonly act: string };

export class Letters {
  readonly typed = new Map<string, Typed>();
  /** Letters that an act took away from what its author saw: who took them, and with which act. */
  readonly #removed = new Map<string, Map<string, string>>();
  /** Letters that somebody brought back: they are his words too. */
  readonly #broughtBack = new Map<string, Set<string>>();
  /** The shared blocks a letter has stood in. */
  readonly #stood = new Map<string, Set<string>>();
  /** Shared blocks that an act took away, and which act. */
  readonly #blocks = new Map<string, string>();
  #next = 0x4e00;
  #nextRare = 0x21000;

  /** A word with `count` letters nobody has typed before, among everyday ones. */
  word(random: Random, count: number): string {
    let word = '';
    for (let index = 0; index < count; index += 1) {
      if (random.next() < 0.35) word += random.pick(everyday);
      word += random.next() < 0.3 ? this.#rare() : this.#common();
    }
    return random.next() < 0.2 ? word + random.pick(everyday) : word;
  }

  /** Outside the first 65,536: two UTF-16 units, the first of them the same for a thousand neighbours. */
  #rare(): string {
    this.#nextRare += 1;
    return String.fromCodePoint(this.#nextRare);
  }

  #common(): string {
    do this.#next += 1;
    while (everydayLetters.has(String.fromCharCode(this.#next)));
    return String.fromCharCode(this.#next);
  }

  /** The tracked letters of a text. */
  in(text: string): string[] {
    return [...text].filter((letter) => this.#tracks(letter));
  }

  #tracks(letter: string): boolean {
    const code = letter.codePointAt(0) ?? 0;
    return (
      code > 0x4e00 && code <= this.#nextRare && !everydayLetters.has(letter) && (code <= 0x9fff || code > 0x21000)
    );
  }

  /** Notes what one act did to what its author saw. */
  note(who: Typed, before: Seen, after: Seen): void {
    for (const [letter, block] of after.letters) {
      if (!before.letters.has(letter)) {
        if (!this.typed.has(letter)) this.typed.set(letter, who);
        // A letter that shows up may only have waited; one that is brought back stands again, whatever others did to it.
        if (who.act === 'undo' || who.act === 'redo') this.#bringBack(letter, who);
      }
      const stood = this.#stood.get(letter);
      if (stood === undefined) this.#stood.set(letter, new Set([block]));
      else stood.add(block);
    }
    for (const letter of before.letters.keys()) if (!after.letters.has(letter)) this.#remove(letter, who);
    this.noteBlocks(who, before, after);
  }

  /** Notes which blocks went, also ones that came and went in one act: others may have been shown what lies between. */
  noteBlocks({ act }: Typed, before: Seen, after: Seen): void {
    for (const block of before.blocks) if (!after.blocks.has(block)) this.#blocks.set(block, act);
  }

  #bringBack(letter: string, { by }: Typed): void {
    this.#removed.get(letter)?.delete(by);
    this.#broughtBack.set(letter, (this.#broughtBack.get(letter) ?? new Set()).add(by));
  }

  #remove(letter: string, { by, act }: Typed): void {
    this.#removed.set(letter, (this.#removed.get(letter) ?? new Map()).set(by, act));
  }

  /** In whose trays a letter may lie. */
  ownersOf(letter: string): string[] {
    return [this.typed.get(letter)?.by ?? '', ...(this.#broughtBack.get(letter) ?? [])];
  }

  /** What became of a letter that stands nowhere: the act that took it away, or the one that took its block away unseen. */
  fate(letter: string): { readonly by: 'removed' | 'covered'; readonly act: string } | undefined {
    const [removed] = this.#removed.get(letter)?.values() ?? [];
    if (removed !== undefined) return { by: 'removed', act: removed };
    for (const block of this.#stood.get(letter) ?? []) {
      const act = this.#blocks.get(block);
      if (act !== undefined) return { by: 'covered', act };
    }
    return undefined;
  }
}

/** What a page shows: tracked letters with the shared block they stand in, and all shared blocks. */
export type Seen = { readonly letters: ReadonlyMap<string, string>; readonly blocks: ReadonlySet<string> };
