/**
 * The page of paper: title block as printed, then heading and body of every section. Headings and numbers are rendered from
 * the template; only the bodies are shared text.
 */
import { memo, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { breakTitle } from '../../shared/official/title-lines.ts';
import { heading, type Section } from '../../shared/template/sections.ts';
import type { Desk } from '../editor/desk.ts';
import type { TextFacts } from '../editor/text-facts.ts';
import { sectionName } from './section-name.ts';

export type FrontBlock = { readonly title: string; readonly byline: string; readonly dateLine: string };

type Props = {
  readonly desk: Desk;
  readonly front: FrontBlock;
  readonly sections: readonly Section[];
  readonly facts: TextFacts;
  readonly writable: boolean;
  /** Whether this reader sees remarks; their marks are in the shared text for everybody. */
  readonly remarked: boolean;
};

export function Paper({ desk, front, sections, facts, writable, remarked }: Props) {
  return (
    <article className="paper" lang="zh-CN" data-remarks={remarked ? 'shown' : 'hidden'}>
      <header className="paper-front">
        <h1 className="paper-title">
          {front.title
            .split('\n')
            .flatMap((line) => breakTitle(line))
            .join('\n')}
        </h1>
        {front.byline !== '' && <p className="paper-byline">{front.byline}</p>}
        {front.dateLine !== '' && <p className="paper-date">{front.dateLine}</p>}
      </header>
      {sections.map((section) => (
        <PaperSection
          key={section.key}
          desk={desk}
          section={section}
          sections={sections}
          empty={(facts.characters.get(section.key) ?? 0) === 0}
          writable={writable}
        />
      ))}
    </article>
  );
}

type SectionProps = {
  readonly desk: Desk;
  readonly section: Section;
  readonly sections: readonly Section[];
  readonly empty: boolean;
  readonly writable: boolean;
};

const PaperSection = memo(function PaperSection({ desk, section, sections, empty, writable }: SectionProps) {
  const { t } = useTranslation('editor');
  const [asked, setAsked] = useState(false);
  const guideId = useId();
  const name = sectionName(section, sections, { opening: t('sections.opening'), closing: t('sections.closing') });
  const guided = writable && section.hasBody && (empty || asked);
  const Heading = section.level === 1 ? 'h2' : 'h3';
  return (
    <section className="paper-section" data-section={section.key} data-level={section.level}>
      {section.level > 0 && (
        <Heading className={`paper-heading paper-heading-${section.level}`}>{heading(section)}</Heading>
      )}
      {writable && section.hasBody && !empty && (
        <button
          type="button"
          className="guide-toggle"
          aria-expanded={asked}
          aria-controls={guideId}
          aria-label={`${t('guide.show')}　${name}`}
          title={asked ? t('guide.hide') : t('guide.show')}
          onClick={() => setAsked(!asked)}
        >
          ?
        </button>
      )}
      {guided && <Guide id={guideId} section={section} />}
      {section.hasBody && <Body desk={desk} section={section} label={name} empty={empty && writable} />}
    </section>
  );
});

function Guide({ id, section }: { readonly id: string; readonly section: Section }) {
  const { t } = useTranslation('editor');
  const [from, to] = section.expected;
  return (
    <aside className="guide" id={id}>
      <p>{section.guidance}</p>
      {section.parts.length > 0 && <p>{t('guide.parts', { parts: section.parts.join('；') })}</p>}
      <p className="numbers">{t('guide.expected', { from, to })}</p>
    </aside>
  );
}

type BodyProps = {
  readonly desk: Desk;
  readonly section: Section;
  readonly label: string;
  readonly empty: boolean;
};

/** The place the desk builds a section's editor in; React leaves its inside alone. */
function Body({ desk, section, label, empty }: BodyProps) {
  const { t } = useTranslation('editor');
  const place = useRef<HTMLDivElement>(null);
  // The editor is built anew for another text, section or numbering, not for a renamed heading.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const element = place.current;
    return element === null ? undefined : desk.mount(section, label, element);
  }, [desk, section.key, section.itemNumbering]);
  return (
    <div className="section-body" data-numbering={section.itemNumbering}>
      {empty && (
        <p className="section-placeholder" aria-hidden="true">
          {t('guide.placeholder')}
        </p>
      )}
      <div className="section-editor" ref={place} />
    </div>
  );
}
