/** The sections with their fill and the quota of the whole; a click goes there. */
import { useTranslation } from 'react-i18next';
import type { Section } from '../../shared/template/sections.ts';
import type { TextFacts } from '../editor/text-facts.ts';
import { fillOf, sectionName } from './section-name.ts';

type Props = {
  readonly sections: readonly Section[];
  readonly quota: readonly [number, number];
  readonly facts: TextFacts;
  readonly current: string | null;
  readonly onGo: (key: string) => void;
};

export function SectionList({ sections, quota, facts, current, onGo }: Props) {
  const { t } = useTranslation('editor');
  const names = { opening: t('sections.opening'), closing: t('sections.closing') };
  return (
    <nav className="section-list" aria-label={t('page.sections')}>
      <p className="section-list-total numbers">
        <strong>{t('sections.total', { count: facts.total })}</strong>
        <span className="secondary">{t('sections.quota', { from: quota[0], to: quota[1] })}</span>
      </p>
      <ol>
        {sections.map((section) => (
          <li key={section.key} data-level={section.level}>
            {section.hasBody ? (
              <Row
                section={section}
                name={sectionName(section, sections, names)}
                characters={facts.characters.get(section.key) ?? 0}
                current={current === section.key}
                onGo={onGo}
              />
            ) : (
              <span className="section-list-head">{sectionName(section, sections, names)}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

type RowProps = {
  readonly section: Section;
  readonly name: string;
  readonly characters: number;
  readonly current: boolean;
  readonly onGo: (key: string) => void;
};

function Row({ section, name, characters, current, onGo }: RowProps) {
  const { t } = useTranslation('editor');
  const [least, most] = section.expected;
  const fill = fillOf(characters, section.expected);
  const share = Math.min(1, characters / Math.max(1, least));
  const usual = t('guide.expected', { from: least, to: most });
  return (
    <button
      type="button"
      className="section-row"
      data-fill={fill}
      aria-current={current ? 'location' : undefined}
      title={`${section.title === '' ? name : section.title}　${t(`sections.fill.${fill}`)}（${usual}）`}
      onClick={() => onGo(section.key)}
    >
      <span className="section-row-name">{name}</span>
      <span className="section-row-count numbers">{characters === 0 ? t('sections.empty') : characters}</span>
      <span className="section-row-fill" aria-hidden="true">
        <span style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <span className="visually-hidden">{t(`sections.fill.${fill}`)}</span>
    </button>
  );
}
