/**
 * The rescue tray (未并入的文字): words of this author that the server did not take. Kept in local storage per user and
 * document until he has copied them and puts them away. Pure comparison here, storage at the edge.
 */
import { z } from 'zod';
import { blockText, type SectionContent, sectionContentSchema } from '../../shared/document/content.ts';
import type { KeyValueStore } from './unsaved.ts';

const rescuedSectionSchema = z.object({ key: z.string(), paragraphs: z.array(z.string()) });
export type RescuedSection = z.infer<typeof rescuedSectionSchema>;

const entrySchema = z.object({
  id: z.string(),
  /** When the text came back, in milliseconds since 1970. */
  at: z.number(),
  /** The refusal's code, or the close code as text. */
  code: z.string(),
  sections: z.array(rescuedSectionSchema),
  /** The whole text as it stood here, until the server's text is there to compare it with. */
  pending: z.array(sectionContentSchema).optional(),
});
export type RescueEntry = z.infer<typeof entrySchema>;

const traySchema = z.array(entrySchema);

/** The paragraphs that stand in `mine` and not in `theirs`: new ones, and ones whose words differ. */
export function differingParagraphs(
  mine: readonly SectionContent[],
  theirs: readonly SectionContent[],
): RescuedSection[] {
  const rescued: RescuedSection[] = [];
  for (const section of mine) {
    const other = theirs.find(({ key }) => key === section.key);
    const known = new Map<string, string>();
    for (const block of other?.blocks ?? []) known.set(block.id, blockText(block));
    const texts = new Set(known.values());
    const paragraphs = section.blocks
      .filter((block) => known.get(block.id) !== blockText(block) && !texts.has(blockText(block)))
      .map(blockText)
      .filter((text) => text.trim() !== '');
    if (paragraphs.length > 0) rescued.push({ key: section.key, paragraphs });
  }
  return rescued;
}

function keyOf(userId: string, documentId: string): string {
  return `duizhao.rescue:${userId}:${documentId}`;
}

export function readTray(store: KeyValueStore, userId: string, documentId: string): RescueEntry[] {
  const text = store.getItem(keyOf(userId, documentId));
  if (text === null) return [];
  try {
    const parsed = traySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : [];
  } catch {
    // Not JSON: written by something else under our name.
    return [];
  }
}

/** Writes the tray. Throws when local storage is full: whoever clears the text afterwards must know. */
export function writeTray(
  store: KeyValueStore,
  userId: string,
  documentId: string,
  entries: readonly RescueEntry[],
): void {
  if (entries.length === 0) store.removeItem(keyOf(userId, documentId));
  else store.setItem(keyOf(userId, documentId), JSON.stringify(entries));
}

/** Compares what was pending with the server's text; entries that hold nothing of the author's own disappear. */
export function settle(entries: readonly RescueEntry[], theirs: readonly SectionContent[]): RescueEntry[] {
  return entries
    .map(({ pending, ...entry }) =>
      pending === undefined ? entry : { ...entry, sections: differingParagraphs(pending, theirs) },
    )
    .filter((entry) => entry.sections.length > 0);
}

/** The words of an entry as plain text for the clipboard, one paragraph a line, each section under its heading. */
export function rescuedText(entry: RescueEntry, headingOf: (key: string) => string): string {
  return entry.sections
    .map((section) => [headingOf(section.key), ...section.paragraphs].filter((line) => line !== '').join('\n'))
    .join('\n\n');
}
