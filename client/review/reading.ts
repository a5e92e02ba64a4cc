/**
 * Which version a reviewer has really had before his eyes. Approval binds to that one: a text resubmitted while the page
 * stands open is not silently taken as read. Pure; `use-reading.ts` keeps the facts.
 */
import type { DocumentView } from '../../shared/api/documents.ts';

export type SeenVersion = NonNullable<DocumentView['currentVersion']>;
export type Baseline = { readonly from: number; readonly to: number };

type Facts = Pick<DocumentView, 'currentVersion' | 'lastRead' | 'may'>;

/** Whether this person decides now on the version in review. */
export function decides(document: Pick<DocumentView, 'may'>): boolean {
  return document.may.includes('approve');
}

/** Whether another version than the seen one is in review. */
export function isStale(document: Facts, seen: SeenVersion | null): boolean {
  const current = document.currentVersion;
  return decides(document) && current !== null && seen !== null && seen.id !== current.id;
}

/** What a reviewer who opens the page compares with: his last reading, when the text has moved on since. */
export function baselineOf({ currentVersion, lastRead }: Facts): Baseline | null {
  if (currentVersion === null || lastRead === null || lastRead.number >= currentVersion.number) return null;
  return { from: lastRead.number, to: currentVersion.number };
}

/** Whether the reading of the seen version has still to be recorded. */
export function unrecorded(document: Facts, seen: SeenVersion | null): boolean {
  const current = document.currentVersion;
  if (!decides(document) || current === null || seen === null || seen.id !== current.id) return false;
  return document.lastRead?.versionId !== current.id;
}
