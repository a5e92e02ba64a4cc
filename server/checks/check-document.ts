/** The checks of one document as the server makes them: what the rules must know, what they ask, what is settled. */
import { check, type Hit, sameHit } from '../../shared/checks/check.ts';
import type { CheckContext } from '../../shared/checks/context.ts';
import { type Resemblance, resemblanceOf } from '../../shared/checks/likeness.ts';
import { countProblems } from '../../shared/checks/numbers.ts';
import type { CheckSettings } from '../../shared/checks/settings.ts';
import type { SectionContent } from '../../shared/document/content.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Section } from '../../shared/template/sections.ts';
import { type Document, readsVersion } from '../documents/document-facts.ts';
import { earlierTexts } from '../documents/earlier.ts';
import { type Person, writesOutline } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { loadSettings } from './settings-of.ts';

export type Checked = {
  readonly hits: readonly Hit[];
  /** Every dismissal of the document, also of words that have changed since. */
  readonly dismissals: readonly Row<'dismissal'>[];
  readonly settings: CheckSettings;
  readonly context: CheckContext;
};

/** What a text is checked with: `sections` are the frozen text's own when it is one, `person` is who reads the answer. */
export type Looking = {
  readonly person: Person;
  readonly likeness: readonly Resemblance[];
  readonly sections?: readonly Section[];
};

/**
 * What of the text resembles others, as far as this person is told (LK10–LK13). Asked before a transaction: it compares texts,
 * and what it finds is asked of the words that still stand.
 */
export async function findLikeness(
  { likeness }: Pick<UseCases, 'likeness'>,
  person: Person,
  id: DocumentId,
): Promise<Resemblance[]> {
  const seen = await likeness.view(person, id);
  return seen.ok ? seen.value.passages.map(resemblanceOf) : [];
}

export async function checkDocument(
  records: Records,
  document: Document,
  content: readonly SectionContent[],
  { person, likeness, sections = document.sections }: Looking,
): Promise<Checked> {
  const settings = await loadSettings(records, document.row.meetingId);
  const dismissals = await records.dismissal.find({ documentId: document.row.id }, { by: 'id' });
  const context = {
    ...contextOf(document),
    earlierProblems: await earlierProblems(records, document, person),
    likeness: [...likeness],
  };
  return { hits: check({ sections, content }, settings, context), dismissals, settings, context };
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
    year: meeting.row.year,
    conditions: row.kind === 'team' ? meeting.row.teamConditions : (author?.conditions ?? []),
    quota: [...quota],
    speakers: meeting.participants.filter(({ role }) => writesOutline(role)).length,
  };
}

/** How many problems the texts of earlier years list, of those this person may read. */
async function earlierProblems(
  records: Records,
  document: Document,
  person: Person,
): Promise<{ year: number; count: number }[]> {
  return (await earlierTexts(records, document))
    .filter(({ document: other, version }) => readsVersion(other, person, version.id))
    .map(({ document: other, version: { text } }) => ({
      year: other.meeting.row.year,
      count: countProblems(text.sections, text.content),
    }));
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
