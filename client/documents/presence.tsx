/** Who else is here, and in which section. */
import { useTranslation } from 'react-i18next';
import type { Section } from '../../shared/template/sections.ts';
import type { Present } from '../room/presence.ts';
import { sectionName } from './section-name.ts';

export function Presence({
  people,
  sections,
}: {
  readonly people: readonly Present[];
  readonly sections: readonly Section[];
}) {
  const { t } = useTranslation('editor');
  if (people.length === 0) return null;
  const names = { opening: t('presence.opening'), closing: t('presence.closing') };
  const where = (person: Present): string => {
    const section = sections.find(({ key }) => key === person.section);
    return section === undefined ? t('presence.reading') : sectionName(section, sections, names);
  };
  return (
    <ul className="presence" aria-label={t('presence.count', { count: people.length })}>
      {people.map((person) => (
        <li key={person.userId} title={t('presence.at', { name: person.name, section: where(person) })}>
          <span className="presence-name">{person.name}</span>
          <span className="presence-place">{where(person)}</span>
        </li>
      ))}
    </ul>
  );
}
