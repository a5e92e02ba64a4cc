/** What everybody in a meeting has to write alike: its settings, its headings, the usual formulas, phrases it has set or loaded. */
import { type CheckSettings, wordList } from '../../shared/checks/settings.ts';
import { usualPhrases } from '../../shared/likeness/usual-phrases.ts';
import { organ } from '../documents/frozen-text.ts';
import type { MeetingFacts } from '../meetings/meeting-facts.ts';
import type { Row } from '../storage/tables.ts';

export function fixedPhrases(
  { row, unit, template }: MeetingFacts,
  library: readonly Row<'reference'>[],
  settings: CheckSettings,
): string[] {
  const sections = [template.outline, template.team].flatMap((part) => [
    part.name,
    ...part.sections.flatMap(({ title, parts }) => [title, ...parts.map((each) => each.title)]),
  ]);
  return [
    ...usualPhrases,
    ...wordList(settings, 'fixed'),
    row.theme,
    row.title,
    unit.name,
    organ(unit.name),
    ...row.aspects.flatMap(({ title, long, tag }) => [title, long, tag]),
    ...sections,
    ...library.filter(({ kind }) => kind === 'phrases').flatMap(({ text }) => text.split('\n')),
  ].filter((phrase) => phrase.trim() !== '');
}
