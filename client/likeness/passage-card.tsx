/** One passage: what it resembles, its words, and, for those who may see it, the other text's. Clicking goes to the words. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Passage } from '../../shared/api/likeness.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { sectionName } from '../documents/section-name.ts';
import { kindsOf, type PassageGroup } from './group-passages.ts';

type Props = { readonly group: PassageGroup; readonly onPair: () => void };

export function PassageCard({ group, onPair }: Props) {
  const { t } = useTranslation(['common', 'likeness']);
  const { showPassage } = useDocumentContext();
  const { place, severity, passages } = group;
  const shown = passages.flatMap(({ source }) => (source === null ? [] : [source]));
  return (
    <li className="passage" data-severity={severity}>
      <p className="passage-kinds">
        {kindsOf(group)
          .map((kind) => t(`likeness:kind.${kind}`))
          .join(t('listSeparator'))}
      </p>
      <button
        type="button"
        className="passage-quote"
        title={t('likeness:goTo')}
        onClick={() => showPassage({ ...place, to: place.from + place.quote.length })}
      >
        {place.quote}
      </button>
      <p className="passage-where">
        <SectionOf place={place} />
      </p>
      {shown.map((source) => (
        <div className="passage-source" key={`${source.title} ${source.before} ${source.quote}`}>
          <p className="passage-title">{source.title}</p>
          <blockquote className="passage-other">
            <SourceWords source={source} />
          </blockquote>
        </div>
      ))}
      {shown.length > 0 && (
        <Button size="small" type="text" className="passage-pair" onClick={onPair}>
          {t('likeness:pair')}
        </Button>
      )}
    </li>
  );
}

/** The words with what stands beside them, the common ones marked. */
export function SourceWords({ source }: { readonly source: Pick<Passage, 'before' | 'quote' | 'after'> }) {
  return (
    <>
      {source.before}
      <mark>{source.quote}</mark>
      {source.after}
    </>
  );
}

export function SectionOf({ place }: { readonly place: PassageGroup['place'] }) {
  const { t } = useTranslation('editor');
  const { document } = useDocumentContext();
  const section = document.sections.find(({ key }) => key === place.sectionKey);
  if (section === undefined) return null;
  return sectionName(section, document.sections, { opening: t('sections.opening'), closing: t('sections.closing') });
}
