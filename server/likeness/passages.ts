/**
 * From matches to what a reader is told. Where he is shown the source: the exact words of both. Where he is not: his own
 * sentences, whole, one entry however many texts they resemble; so neither where a likeness begins and ends nor how many
 * there are says anything about a text he may not read. Pure.
 */
import type { Passage } from '../../shared/api/likeness.ts';
import type { Place } from '../../shared/likeness/comparable.ts';
import type { Match } from '../../shared/likeness/compare.ts';
import { type Severity, type SourceKind, severityOf } from '../../shared/likeness/rules.ts';
import type { Block, Body, Source } from './sources.ts';

export type Found = { readonly source: Source; readonly match: Match };

/** What stands beside a passage is told up to so many characters. */
const contextLength = 60;
/** So little beside what is quoted from an official text makes no likeness to anybody. */
const trifle = 20;

/** Drops matches with people's texts whose words stand in an official text of the library: both have quoted it. */
export function withoutQuoted(found: readonly Found[]): Found[] {
  const official = found.filter(({ source }) => source.kind === 'reference').map(({ match }) => match.here);
  return found.filter(({ source, match }) => {
    if (source.kind === 'reference') return true;
    return match.here.to - match.here.from - covered(match.here, official) >= trifle || !touches(match.here, official);
  });
}

/** Drops what lies in sentences the text repeats: of a list of variations only the first is answered. */
export function withoutRepeated(found: readonly Found[], repeated: readonly Place[]): Found[] {
  return found.filter(({ match }) => !touches(match.here, repeated));
}

function touches(place: Place, others: readonly Place[]): boolean {
  return others.some(({ block, from, to }) => block === place.block && from < place.to && to > place.from);
}

/** How many units of a place lie in any of the others. */
function covered(place: Place, others: readonly Place[]): number {
  const marks = new Uint8Array(place.to - place.from);
  for (const { block, from, to } of others) {
    if (block === place.block) marks.fill(1, Math.max(0, from - place.from), Math.max(0, to - place.from));
  }
  return marks.reduce((sum, mark) => sum + mark, 0);
}

/** With the source, exactly. */
export function openPassage({ blocks }: Body, { source, match }: Found): Passage | undefined {
  const block = blocks[match.here.block];
  const other = source.blocks[match.there.block];
  if (block === undefined || other === undefined) return undefined;
  return {
    ...passageAt(block, match.here.from, match.here.to),
    kind: source.kind,
    severity: severityOf(source.kind, match),
    source: {
      ...wordsAt(other.text, match.there.from, match.there.to),
      title: source.title,
      documentId: source.documentId,
    },
  };
}

/** Without the sources, by whole sentences of the reader's own text. */
export function closedPassages({ blocks }: Body, found: readonly Found[]): Passage[] {
  const stretches = found
    .map(({ source, match }) => ({
      ...wholeSentences(blocks[match.here.block]?.text ?? '', match.here),
      kind: source.kind,
      severity: severityOf(source.kind, match),
    }))
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.block - b.block || a.from - b.from);
  const joined: (Place & { kind: SourceKind; severity: Severity })[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    const apart = last === undefined || last.kind !== stretch.kind || last.block !== stretch.block;
    if (apart || stretch.from >= last.to) joined.push(stretch);
    else {
      const severity = last.severity === 'warn' ? 'warn' : stretch.severity;
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, stretch.to), severity };
    }
  }
  return joined.flatMap(({ block: index, from, to, kind, severity }) => {
    const block = blocks[index];
    return block === undefined ? [] : [{ ...passageAt(block, from, to), kind, severity, source: null }];
  });
}

/** The sentences a place touches, without the spaces before them. */
function wholeSentences(text: string, { block, from, to }: Place): Place {
  const before = /[^。；！？]*$/u.exec(text.slice(0, from))?.[0] ?? '';
  const after = /^[^。；！？]*[。；！？]?/u.exec(text.slice(to))?.[0] ?? '';
  const spaces = /^\s*/u.exec(before)?.[0] ?? '';
  return { block, from: from - before.length + spaces.length, to: to + after.length };
}

/** Those of an earlier text that still stand in this one, where they stand now. */
export function stillStanding({ blocks }: Body, passages: readonly Passage[]): Passage[] {
  return passages.flatMap((passage) => {
    const block = blocks.find(({ sectionKey, id }) => sectionKey === passage.sectionKey && id === passage.blockId);
    if (block === undefined) return [];
    const same = block.text.slice(passage.from, passage.to) === passage.quote;
    const from = same ? passage.from : block.text.indexOf(passage.quote);
    return from < 0 ? [] : [{ ...passage, ...passageAt(block, from, from + passage.quote.length) }];
  });
}

/** In the order of the text; at one place what weighs more first. */
export function inOrder({ blocks }: Body, passages: readonly Passage[]): Passage[] {
  const places = new Map(blocks.map(({ sectionKey, id }, index) => [`${sectionKey} ${id}`, index]));
  const place = ({ sectionKey, blockId }: Passage) => places.get(`${sectionKey} ${blockId}`) ?? 0;
  const weight = ({ severity }: Passage) => (severity === 'warn' ? 0 : 1);
  return [...passages].sort((a, b) => place(a) - place(b) || a.from - b.from || weight(a) - weight(b));
}

function passageAt({ sectionKey, id, text }: Block, from: number, to: number) {
  return { sectionKey, blockId: id, from, to, ...wordsAt(text, from, to) };
}

function wordsAt(text: string, from: number, to: number) {
  return {
    // No half of a rare character at a cut.
    before: text.slice(Math.max(0, from - contextLength), from).replace(/^[\uDC00-\uDFFF]/, ''),
    quote: text.slice(from, to),
    after: text.slice(to, to + contextLength).replace(/[\uD800-\uDBFF]$/, ''),
  };
}
