/**
 * Remarks find their words again. The mark in the text goes with its words wherever the editor takes them; when it is gone
 * or stands on a mere remnant, the words are looked for where they were last seen, then where they were remarked, and marked
 * anew by the server. Looking happens when a text is submitted and when the list is read while nobody writes; a text in
 * which a remark was looked for in vain is not searched for it again.
 */
import { findWords, type RememberedPlace } from '../../shared/compare/find-words.ts';
import { readContent } from '../../shared/document/content.ts';
import type { RemarkId } from '../../shared/ids.ts';
import { instant } from '../clock.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { attach, contextOf, detach, type Standing, standingRemarks } from './anchor.ts';
import type { Document } from './document-facts.ts';

type Place = Omit<Row<'place'>, 'id' | 'documentId' | 'seq' | 'at'>;
type Known = { readonly row: Row<'remark'>; readonly place: Row<'place'> | undefined };

/**
 * Marks lost remarks anew; `all` also remembers where the others stand now. Returns whether a mark was written. A failure
 * is logged and leaves the threads detached.
 */
export async function reattach(tools: UseCases, document: Document, which: 'lost' | 'all'): Promise<boolean> {
  try {
    return await search(tools, document, which);
  } catch (error) {
    tools.log.error({ err: error, documentId: document.row.id }, 'remarks could not be attached anew');
    return false;
  }
}

async function search(tools: UseCases, document: Document, which: 'lost' | 'all'): Promise<boolean> {
  const { rooms } = tools;
  const { bodyKeys, row } = document;
  const known = await recall(tools, document);
  if (known.length === 0) return false;
  const standing = await rooms.look(row.id, bodyKeys, (doc) => standingRemarks(doc, bodyKeys));
  const lost = known.filter(({ row: remark }) => isLost(remark, standing.get(remark.id)));
  const { content, seq } = await rooms.read(row.id, bodyKeys);
  const sought = lost.filter(({ place }) => place?.seq !== seq);
  const findable = sought.some((remark) => findPlace(content, remark) !== undefined);
  const found = findable ? await markAnew(tools, document, sought) : new Map<RemarkId, Place>();
  await remember(tools, document, seq, [
    ...sought.map(({ row: remark, place }) => [remark.id, found.get(remark.id) ?? place ?? placeOf(remark)] as const),
    ...(which === 'lost' ? [] : kept(known, lost, standing)),
  ]);
  return found.size > 0;
}

async function recall({ storage: { records } }: UseCases, { row }: Document): Promise<Known[]> {
  const rows = await records.remark.find({ documentId: row.id }, { by: 'id' });
  if (rows.length === 0) return [];
  const places = new Map((await records.place.find({ documentId: row.id })).map((place) => [place.id, place]));
  return rows.map((remark) => ({ row: remark, place: places.get(remark.id) }));
}

const telling = /[\p{L}]/gu;
/** Words of this many letters that are worn down to fewer than `remnant` of them are gone. */
const whole = 4;
const remnant = 2;

function isLost({ quote }: Row<'remark'>, standing: Standing | undefined): boolean {
  if (standing === undefined) return true;
  return countLetters(quote) >= whole && countLetters(standing.words) < remnant;
}

function countLetters(words: string): number {
  return words.match(telling)?.length ?? 0;
}

function findPlace(content: Parameters<typeof findWords>[0], { row, place }: Known) {
  return (place === undefined ? undefined : findWords(content, place)) ?? findWords(content, row);
}

/** In one edit of the server's own, by the text as it stands at that moment. */
async function markAnew(tools: UseCases, document: Document, sought: readonly Known[]): Promise<Map<RemarkId, Place>> {
  const { bodyKeys, row } = document;
  return tools.rooms.writeAsServer(row.id, (doc) => {
    const marked = new Map<RemarkId, Place>();
    const content = readContent(doc, bodyKeys);
    const standing = standingRemarks(doc, bodyKeys);
    for (const remark of sought) {
      const { id } = remark.row;
      const words = isLost(remark.row, standing.get(id)) ? findPlace(content, remark) : undefined;
      if (words === undefined) continue;
      detach(doc, bodyKeys, id);
      if (!attach(doc, words, id)) continue;
      const block = content.find(({ key }) => key === words.sectionKey)?.blocks.find((b) => b.id === words.blockId);
      const text = block?.runs.map((run) => run.text).join('') ?? '';
      const { sectionKey, blockId, quote, found } = words;
      marked.set(id, { sectionKey, blockId, quote, found, ...contextOf(text, words.from, words.to) });
    }
    return marked;
  });
}

function kept(
  known: readonly Known[],
  lost: readonly Known[],
  standing: ReadonlyMap<string, Standing>,
): (readonly [RemarkId, Place])[] {
  return known.flatMap((remark) => {
    const { id } = remark.row;
    const here = standing.get(id);
    if (here === undefined || lost.includes(remark)) return [];
    const { words: quote, ...place } = here;
    return [[id, { ...place, quote, found: remark.place?.found ?? 'mark' }] as const];
  });
}

function placeOf({ sectionKey, blockId, quote, before, after }: RememberedPlace): Place {
  return { sectionKey, blockId, quote, before, after, found: 'mark' };
}

async function remember(
  { storage, clock }: UseCases,
  { row }: Document,
  seq: number,
  places: readonly (readonly [RemarkId, Place])[],
): Promise<void> {
  if (places.length === 0) return;
  await storage.transact(async (records) => {
    for (const [id, { sectionKey, blockId, quote, before, after, found }] of places) {
      const place = { sectionKey, blockId, quote, before, after, found, seq, at: instant(clock) };
      if (!(await records.place.update(id, place))) await records.place.insert({ id, documentId: row.id, ...place });
    }
  });
}
