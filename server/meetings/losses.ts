/** What a change of a meeting would take from its documents, and why it is refused when words stand there. */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { countSection } from '../../shared/document/content.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Aspect } from '../../shared/template/template.ts';
import { type Document, documentLabel } from '../documents/document-facts.ts';
import type { TextAtRest } from '../rooms/rooms.ts';

export type Loss = {
  readonly document: Document;
  /** The sections that would no longer be there. */
  readonly lost: readonly string[];
  /** Whether the whole document would go, because its author leaves. */
  readonly goes: boolean;
  /** The aspects that remain. */
  readonly aspects: readonly Aspect[];
};

/** The refusal for the first kind of loss that would hide words, with the names of all documents it concerns. */
export function refuseLosses(losses: readonly Loss[], texts: ReadonlyMap<DocumentId, TextAtRest>): Refusal | undefined {
  const written = new Map(losses.map((loss) => [loss, writtenKeys(texts.get(loss.document.row.id))]));
  const keysOf = (loss: Loss) => written.get(loss) ?? new Set<string>();
  const leaving = losses.filter((loss) => loss.goes && (keysOf(loss).size > 0 || wasSubmitted(loss)));
  if (leaving.length > 0) return named('participant_has_document', 'who has written stays in the meeting', leaving);
  const staying = losses.filter(({ goes }) => !goes);
  const aspects = staying.filter((loss) => loss.lost.some((key) => isAspect(loss, key) && keysOf(loss).has(key)));
  if (aspects.length > 0) return named('aspect_has_text', 'words stand under this aspect', aspects);
  const rest = staying.filter((loss) => loss.lost.some((key) => keysOf(loss).has(key)));
  if (rest.length > 0) return named('condition_has_text', 'words stand in a section this would remove', rest);
  return undefined;
}

function named(code: Refusal['code'], message: string, losses: readonly Loss[]): Refusal {
  return refusal(code, message, { documents: losses.map(({ document }) => documentLabel(document)) });
}

/** A document that was once submitted has versions and remarks, and stays even when its text was deleted again. */
function wasSubmitted({ document }: Loss): boolean {
  return document.row.lifecycle.round > 0;
}

/** Whether this section is lost because its aspect is. */
function isAspect({ document, aspects }: Loss, key: string): boolean {
  const gone = document.meeting.row.aspects.filter((aspect) => !aspects.some((kept) => kept.key === aspect.key));
  return gone.some((aspect) => key.endsWith(`.${aspect.key}`));
}

function writtenKeys(text: TextAtRest | undefined): Set<string> {
  return new Set((text?.content ?? []).filter((section) => countSection(section) > 0).map(({ key }) => key));
}
