/** The checks of one document as the server makes them: what the rules must know, what they ask, what is settled. */
import { check, type Hit, sameHit } from '../../shared/checks/check.ts';
import type { CheckContext } from '../../shared/checks/context.ts';
import { type CheckSettings, defaultSettings } from '../../shared/checks/settings.ts';
import type { SectionContent } from '../../shared/document/content.ts';
import type { MeetingId } from '../../shared/ids.ts';
import type { Section } from '../../shared/template/sections.ts';
import type { Document } from '../documents/document-facts.ts';
import { writesOutline } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';

export type Checked = {
  readonly hits: readonly Hit[];
  /** Every dismissal of the document, also of words that have changed since. */
  readonly dismissals: readonly Row<'dismissal'>[];
  readonly settings: CheckSettings;
  readonly context: CheckContext;
};

/** Checks this content; `sections` are the frozen text's own when it is one. */
export async function checkDocument(
  records: Records,
  document: Document,
  content: readonly SectionContent[],
  sections: readonly Section[] = document.sections,
): Promise<Checked> {
  const settings = await loadSettings(records, document.row.meetingId);
  const dismissals = await records.dismissal.find({ documentId: document.row.id }, { by: 'id' });
  const context = contextOf(document);
  return { hits: check({ sections, content }, settings, context), dismissals, settings, context };
}

export async function loadSettings(records: Records, id: MeetingId): Promise<CheckSettings> {
  return (await records.check_settings.get(id))?.settings ?? defaultSettings;
}

function contextOf({ row, meeting, owner, quota }: Document): CheckContext {
  const people = [...meeting.persons.values()];
  const names = people.flatMap(({ name, duty }) => [name, duty]);
  const author = meeting.participants.find(({ userId }) => userId === owner?.id);
  return {
    kind: row.kind,
    ownNames: [meeting.unit.name, ...names].filter((name) => name !== ''),
    people: people.map(({ name }) => name),
    theme: meeting.row.theme,
    conditions: row.kind === 'team' ? meeting.row.teamConditions : (author?.conditions ?? []),
    quota: [...quota],
    speakers: meeting.participants.filter(({ role }) => writesOutline(role)).length,
  };
}

/** The questions that need the author's confirmation and have been answered by no dismissal. */
export function unconfirmed({ hits, dismissals }: Pick<Checked, 'hits' | 'dismissals'>): Hit[] {
  return hits.filter((hit) => hit.severity === 'confirm' && dismissalFor(hit, dismissals) === undefined);
}

export function dismissalFor(hit: Hit, dismissals: readonly Row<'dismissal'>[]): Row<'dismissal'> | undefined {
  return dismissals.find((row) => sameHit(hitName(row), hit));
}

/** What a row was said about; an empty block id stands for none. */
export function hitName({ rule, blockId, hash }: Row<'dismissal'>) {
  return { rule, blockId: blockId === '' ? null : blockId, hash };
}
