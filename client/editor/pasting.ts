/** What happens when something is pasted or dropped into a section: cleaned, put in or dealt out, and what was lost is said. */
import type { Section as TemplateSection } from '../../shared/template/sections.ts';
import type { History } from './history.ts';
import { type Distribution, distribute, type FrontMatter } from './paste/distribute.ts';
import { appendBlocks, insertBlocks } from './paste/insert.ts';
import { type Dropped, type Pasted, textOf } from './paste/pasted.ts';
import { readHtml } from './paste/read-html.ts';
import { readText } from './paste/read-text.ts';
import { toBlocks } from './paste/to-blocks.ts';
import type { Section } from './section.ts';

/** What the page says about a paste. */
export type PasteNotice =
  | { readonly kind: 'dropped'; readonly dropped: Dropped }
  | { readonly kind: 'picture' }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'too_long'; readonly characters: number };

/** A pasted document with headings: where should it go? */
export type PasteOffer = {
  readonly distribution: Distribution;
  /** Sections that have words already; the pasted ones go behind them. */
  readonly occupied: readonly string[];
  readonly spread: () => void;
  readonly here: () => void;
  /** Nothing is pasted; the caret is where it was. */
  readonly back: () => void;
};

/** Longer pastes are refused; the longest material of a meeting is far below. */
export const maxPastedCharacters = 100_000;

/** What pasting needs of the desk. */
export type PasteGround = {
  readonly sections: ReadonlyMap<string, Section>;
  readonly history: History;
  readonly template: () => readonly TemplateSection[];
  readonly front: () => FrontMatter;
  readonly writable: () => boolean;
  /** The remarks of this document: their anchors may be moved by cutting and pasting. */
  readonly remarks: () => ReadonlySet<string>;
  /** Null when a paste left nothing to say. */
  readonly noticed: (notice: PasteNotice | null) => void;
  readonly offered: (offer: PasteOffer) => void;
};

export class Pasting {
  readonly #ground: PasteGround;

  constructor(ground: PasteGround) {
    this.#ground = ground;
  }

  /** True: it was dealt with, also when nothing was put in. */
  take(section: Section, data: DataTransfer): boolean {
    if (!this.#ground.writable()) return true;
    const html = data.getData('text/html');
    const pasted = html === '' ? readText(data.getData('text/plain')) : readHtml(html);
    if (pasted.paragraphs.length === 0) {
      this.#ground.noticed(refusalOf(data, pasted));
      return true;
    }
    const characters = pasted.paragraphs.reduce((sum, paragraph) => sum + textOf(paragraph).length, 0);
    if (characters > maxPastedCharacters) {
      this.#ground.noticed({ kind: 'too_long', characters });
      return true;
    }
    const known = this.#ground.remarks();
    const distribution = distribute(pasted.paragraphs, this.#ground.template(), this.#ground.front(), known);
    if (distribution === undefined) this.#pasteHere(section, pasted, known);
    else this.#offer(section, pasted, distribution, known);
    return true;
  }

  #pasteHere(section: Section, pasted: Pasted, known: ReadonlySet<string>): void {
    if (!this.#ground.writable()) return;
    this.#ground.history.separate();
    section.view.dispatch(insertBlocks(section.view.state, toBlocks(pasted.paragraphs, known)));
    section.view.focus();
    this.#ground.history.separate();
    this.#noticeDropped(pasted.dropped);
  }

  #offer(section: Section, pasted: Pasted, distribution: Distribution, known: ReadonlySet<string>): void {
    const occupied = distribution.parts
      .filter(({ key }) => (this.#ground.sections.get(key)?.view.state.doc.textContent.trim() ?? '') !== '')
      .map(({ key }) => key);
    this.#ground.offered({
      distribution,
      occupied,
      spread: () => this.#spread(distribution, pasted.dropped),
      here: () => this.#pasteHere(section, pasted, known),
      back: () => section.view.focus(),
    });
  }

  #spread(distribution: Distribution, dropped: Dropped): void {
    if (!this.#ground.writable()) return;
    this.#ground.history.separate();
    for (const { key, blocks } of distribution.parts) {
      const section = this.#ground.sections.get(key);
      if (section !== undefined) section.view.dispatch(appendBlocks(section.view.state, blocks));
    }
    this.#ground.history.separate();
    this.#noticeDropped(dropped);
    this.#ground.sections.get(distribution.parts[0]?.key ?? '')?.focus('start');
  }

  #noticeDropped(dropped: Dropped): void {
    this.#ground.noticed(Object.keys(dropped).length > 0 ? { kind: 'dropped', dropped } : null);
  }
}

function refusalOf(data: DataTransfer, pasted: Pasted): PasteNotice {
  const files = [...data.files];
  if (files.some((file) => file.type.startsWith('image/')) || (pasted.dropped.picture ?? 0) > 0) {
    return { kind: 'picture' };
  }
  const file = files[0];
  return file === undefined ? { kind: 'nothing' } : { kind: 'file', name: file.name };
}
