/**
 * All sections of one document on the page: their order, the one history, what is selected, lit, found and pasted. The page
 * draws; this knows. It is made anew with every new shared text.
 */
import type { Command } from '@tiptap/pm/state';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Bookmark } from '../../shared/api/bookmarks.ts';
import type { AnchorBody } from '../../shared/api/remarks.ts';
import { blockIdAttribute } from '../../shared/document/schema.ts';
import type { Section as TemplateSection } from '../../shared/template/sections.ts';
import { positionOf } from './binding/places.ts';
import { type Found, findAll, type SearchedSection } from './find.ts';
import { History, type HistoryPlace } from './history.ts';
import type { FrontMatter } from './paste/distribute.ts';
import { type PasteNotice, type PasteOffer, Pasting } from './pasting.ts';
import { type Lights, noLights } from './plugins/lights.ts';
import { type Drawing, Section } from './section.ts';
import { anchorOf, remarkRange, remarksAt, stretchOf } from './selection.ts';
import { remarksInText } from './text-facts.ts';

export type DeskEvents = {
  readonly anchored: (anchor: AnchorBody | null) => void;
  readonly remarkClicked: (id: string | null) => void;
  /** Null when a paste left nothing to say. */
  readonly pasteNoticed: (notice: PasteNotice | null) => void;
  readonly pasteOffered: (offer: PasteOffer) => void;
  readonly sectionEntered: (key: string) => void;
};

export type DeskFacts = {
  readonly userId: string;
  readonly sections: readonly TemplateSection[];
  readonly front: FrontMatter;
  readonly writable: boolean;
};

export class Desk {
  readonly doc: Y.Doc;
  readonly history: History;
  readonly #awareness: Awareness;
  readonly #events: DeskEvents;
  readonly #sections = new Map<string, Section>();
  readonly #pasting: Pasting;
  readonly #drawings: readonly Drawing[];
  #facts: DeskFacts;
  #keys: readonly string[];
  #anchor: AnchorBody | null = null;
  #focused: string | undefined;
  #activeRemark: string | null = null;
  #settledRemarks: ReadonlySet<string> = new Set();
  #found: readonly Found[] = [];
  #current: Found | null = null;
  #asked: AnchorBody | null = null;

  constructor(
    doc: Y.Doc,
    awareness: Awareness,
    facts: DeskFacts,
    events: DeskEvents,
    drawings: readonly Drawing[] = [],
  ) {
    this.#drawings = drawings;
    this.doc = doc;
    this.#awareness = awareness;
    this.#facts = facts;
    this.#events = events;
    this.#keys = bodies(facts);
    this.history = new History(doc, this.#keys, {
      caret: () => this.#caret(),
      follow: (where) => this.#follow(where),
      settle: () => this.settle(),
      writable: () => this.#facts.writable,
    });
    this.#pasting = new Pasting({
      sections: this.#sections,
      history: this.history,
      template: () => this.#facts.sections,
      front: () => this.#facts.front,
      writable: () => this.#facts.writable,
      remarks: () => new Set(this.remarkOrder()),
      noticed: events.pasteNoticed,
      offered: events.pasteOffered,
    });
  }

  setFacts(facts: DeskFacts): void {
    this.#facts = facts;
    this.#keys = bodies(facts);
    this.history.include(this.doc, this.#keys);
    for (const section of this.#sections.values()) section.setEditable(facts.writable);
  }

  /** Builds the editor of one section in `element`; the returned function takes it down. */
  mount(section: TemplateSection, label: string, element: HTMLElement): () => void {
    const { key } = section;
    const made = new Section({
      key,
      element,
      label,
      numbering: section.itemNumbering,
      doc: this.doc,
      awareness: this.#awareness,
      userId: this.#facts.userId,
      editable: this.#facts.writable,
      history: this.history,
      cross: (direction, place, left) => this.#cross(key, direction, place, left),
      lights: () => this.#lights(key),
      selected: (self) => this.#selected(self),
      focused: (self, focus) => this.#focusChanged(self, focus),
      clicked: (self, position) => this.#clicked(self, position),
      pasted: (self, data) => this.#pasting.take(self, data),
      drawings: this.#drawings,
    });
    this.#sections.set(key, made);
    return () => {
      this.#sections.delete(key);
      made.destroy();
    };
  }

  /** Lets compositions flow into the text. */
  settle(): void {
    for (const section of this.#sections.values()) section.binding.settle();
  }

  destroy(): void {
    this.history.destroy();
  }

  // — going places —

  focus(key: string, place: 'start' | 'end' = 'end'): void {
    this.#sections.get(key)?.focus(place);
  }

  /** Brings a section into view, with the caret at its end when it may be written. */
  revealSection(key: string): void {
    const section = this.#sections.get(key);
    if (section === undefined) return;
    section.view.dom.closest('[data-section]')?.scrollIntoView({ block: 'start' });
    if (this.#facts.writable) section.view.focus();
  }

  /** The editor of a section, while it is on the page. */
  sectionOf(key: string): Section | undefined {
    return this.#sections.get(key);
  }

  /** Brings an offset in the nth block of a section into view. */
  revealBlock(key: string, index: number, offset = 0): void {
    const section = this.#sections.get(key);
    const start = section === undefined ? undefined : positionOf(section.view.state.doc, index, offset);
    if (section !== undefined) reveal(section, start ?? 0);
  }

  /** Runs an editing command in the section that has, or last had, the caret. */
  run(command: Command): void {
    const section = this.#sections.get(this.#focused ?? this.#keys[0] ?? '');
    if (section !== undefined && this.#facts.writable) runIn(section, command);
  }

  #cross(key: string, direction: 'before' | 'after', place: 'start' | 'end', left?: number): boolean {
    const index = this.#keys.indexOf(key) + (direction === 'after' ? 1 : -1);
    const next = this.#sections.get(this.#keys[index] ?? '');
    if (next === undefined) return false;
    next.focus(place, left);
    return true;
  }

  #caret(): HistoryPlace | undefined {
    const section = this.#sections.get(this.#focused ?? '');
    return section === undefined ? undefined : { section: section.key, place: section.binding.caretBefore };
  }

  #follow({ section: key, place }: HistoryPlace): void {
    const section = this.#sections.get(key);
    if (section === undefined) return;
    const position = place === undefined ? undefined : section.binding.positionOf(place);
    section.focus(position ?? section.view.state.selection.head);
  }

  // — remarks and the selection —

  get anchor(): AnchorBody | null {
    return this.#anchor;
  }

  clearAnchor(): void {
    this.#setAnchor(null);
  }

  #selected(section: Section): void {
    const anchor = anchorOf(section.key, section.view.state);
    if (anchor !== null) this.#setAnchor(anchor);
    else if (this.#anchor?.sectionKey === section.key) this.#setAnchor(null);
  }

  #setAnchor(anchor: AnchorBody | null): void {
    const before = this.#anchor;
    if (before === anchor || JSON.stringify(before) === JSON.stringify(anchor)) return;
    this.#anchor = anchor;
    this.#events.anchored(anchor);
    for (const key of new Set([before?.sectionKey, anchor?.sectionKey])) {
      if (key !== undefined) queueMicrotask(() => this.#sections.get(key)?.redraw());
    }
  }

  #focusChanged(section: Section, focus: boolean): void {
    if (focus) {
      if (this.#focused !== section.key) this.history.separate();
      this.#focused = section.key;
      this.#events.sectionEntered(section.key);
      if (this.#anchor !== null && this.#anchor.sectionKey !== section.key) this.#setAnchor(null);
    }
    // The words selected here are lit while the focus is elsewhere.
    if (this.#anchor?.sectionKey === section.key) queueMicrotask(() => section.redraw());
  }

  #clicked(section: Section, position: number): void {
    const ids = remarksAt(section.view.state, position);
    const next = ids[(ids.indexOf(this.#activeRemark ?? '') + 1) % Math.max(1, ids.length)];
    if (next !== undefined) this.#events.remarkClicked(next);
    else if (this.#activeRemark !== null) this.#events.remarkClicked(null);
  }

  setRemarks(active: string | null, settled: ReadonlySet<string>): void {
    this.#activeRemark = active;
    this.#settledRemarks = settled;
    this.#redrawAll();
  }

  /** The first block that reaches below the top `above` pixels of the window. */
  topBlock(above: number): Bookmark | null {
    for (const sectionKey of this.#keys) {
      const view = this.#sections.get(sectionKey)?.view;
      if (view === undefined || view.dom.getBoundingClientRect().bottom <= above) continue;
      let index = 0;
      for (const element of view.dom.children) {
        const id: unknown = view.state.doc.maybeChild(index)?.attrs[blockIdAttribute];
        const below = element.getBoundingClientRect().bottom > above;
        if (below && typeof id === 'string') return { sectionKey, blockId: id };
        index += 1;
      }
    }
    return null;
  }

  /** Brings a block into view by its id; false when it is gone. */
  revealBookmark({ sectionKey, blockId }: Bookmark): boolean {
    const section = this.#sections.get(sectionKey);
    if (section === undefined) return false;
    let found: number | undefined;
    section.view.state.doc.forEach((block, position) => {
      if (block.attrs[blockIdAttribute] === blockId) found = position + 1;
    });
    if (found === undefined) return false;
    reveal(section, found);
    return true;
  }

  /** Brings a remark's words into view; false when they are not in the text. */
  revealRemark(id: string): boolean {
    for (const key of this.#keys) {
      const section = this.#sections.get(key);
      const range = section === undefined ? undefined : remarkRange(section.view.state, id);
      if (section === undefined || range === undefined) continue;
      reveal(section, range.from);
      return true;
    }
    return false;
  }

  /** Lights a passage as long as its words stand, and brings it into view; null lights nothing. False when it is gone. */
  showPassage(passage: AnchorBody | null): boolean {
    this.#asked = passage;
    this.#redrawAll();
    const section = this.#sections.get(passage?.sectionKey ?? '');
    const found = passage === null || section === undefined ? null : stretchOf(passage, section.view.state);
    if (section === undefined || found === null) return false;
    reveal(section, startOf(section, found.block) + found.from);
    return true;
  }

  remarkOrder(): string[] {
    return remarksInText(this.doc, this.#keys);
  }

  // — finding —

  /** Lights every place; returns them. Nothing is current until `show`. */
  find(query: string): readonly Found[] {
    this.#found = findAll(this.#searched(), query);
    this.#current = null;
    this.#redrawAll();
    return this.#found;
  }

  show(found: Found): void {
    this.#current = found;
    this.#redrawAll();
    const section = this.#sections.get(found.section);
    if (section === undefined) return;
    reveal(section, Math.min(startOf(section, found.block) + found.from, section.view.state.doc.content.size));
  }

  endFind(): void {
    const current = this.#current;
    this.find('');
    const section = current === null ? undefined : this.#sections.get(current.section);
    if (section === undefined || current === null) return;
    section.focus(startOf(section, current.block) + current.to);
  }

  #searched(): SearchedSection[] {
    return this.#keys.map((key) => {
      const blocks: string[] = [];
      this.#sections.get(key)?.view.state.doc.forEach((block) => {
        blocks.push(block.textContent);
      });
      return { key, blocks };
    });
  }

  #lights(key: string): Lights {
    const section = this.#sections.get(key);
    if (section === undefined) return noLights;
    const away = !section.view.hasFocus() && this.#anchor?.sectionKey === key;
    return {
      activeRemark: this.#activeRemark,
      settledRemarks: this.#settledRemarks,
      found: this.#found.filter((found) => found.section === key && found !== this.#current),
      current: this.#current?.section === key ? this.#current : null,
      selected: away && this.#anchor !== null ? stretchOf(this.#anchor, section.view.state) : null,
      asked: this.#asked?.sectionKey === key ? stretchOf(this.#asked, section.view.state) : null,
    };
  }

  /** Draws everything that is lit anew. */
  redraw(): void {
    this.#redrawAll();
  }

  #redrawAll(): void {
    for (const section of this.#sections.values()) section.redraw();
  }
}

function bodies({ sections }: DeskFacts): string[] {
  return sections.filter((section) => section.hasBody).map(({ key }) => key);
}

function runIn(section: Section, command: Command): void {
  section.view.focus();
  command(section.view.state, section.view.dispatch.bind(section.view), section.view);
}

/** The position before the first letter of a block. */
function startOf(section: Section, block: number): number {
  let start = 1;
  for (let index = 0; index < block; index += 1) start += section.view.state.doc.maybeChild(index)?.nodeSize ?? 0;
  return start;
}

/** Scrolls a place to the upper third of what can be seen. */
function reveal(section: Section, position: number): void {
  const top = section.view.coordsAtPos(position).top + window.scrollY;
  window.scrollTo({ top: Math.max(0, top - window.innerHeight / 3) });
}
