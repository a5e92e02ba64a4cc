/** The parts of a report below its totals: who, when, what came in one go, section by section. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuthorshipAnswer } from '../../shared/api/authorship.ts';
import { sumOf } from '../../shared/hand/make-report.ts';
import type { HandReport } from '../../shared/hand/report.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { sectionName } from '../documents/section-name.ts';
import { HandBar, useCountWords } from './counts.tsx';
import { useHandWords } from './hand-words.ts';

type Props = { readonly report: HandReport; readonly people: AuthorshipAnswer['people'] };

/** Only where several people write. */
export function HandWriters({ report, people }: Props) {
  const { t } = useTranslation('hand');
  const words = useHandWords(people);
  const countWords = useCountWords();
  const writers = report.writers.filter(({ counts }) => sumOf(counts) > 0);
  if (writers.length < 2) return null;
  return (
    <section className="hand-part">
      <h3 className="section-title">{t('writers.title')}</h3>
      <ul>
        {writers.map(({ id, counts }) => (
          <li key={id} className="hand-row">
            <span className="hand-row-name">{words.name(id)}</span>
            <span className="numbers">{t('count', { count: sumOf(counts) })}</span>
            <HandBar counts={counts} />
            <span className="hand-row-words secondary numbers">{countWords(counts)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** So many stretches are listed at once; more are opened on demand. */
const shownAtOnce = 5;

export function HandTime({ report, people }: Props) {
  const { t } = useTranslation('hand');
  const words = useHandWords(people);
  const { stretches, moreStretches, ms } = report;
  const several = new Set(stretches.map(({ by }) => by)).size > 1;
  const list = (
    <ol className="hand-list">
      {[...stretches].reverse().map(({ by, from, until, written, removed }) => (
        <li key={`${by} ${from}`}>
          <span className="numbers">{words.span(from, until)}</span>
          {several && <span className="secondary">{words.name(by)}</span>}
          <span className="hand-row-words secondary numbers">
            {t(removed > 0 ? 'time.facts' : 'time.written', { written, removed })}
          </span>
        </li>
      ))}
      {moreStretches > 0 && <li className="secondary">{t('time.more', { count: moreStretches })}</li>}
    </ol>
  );
  return (
    <section className="hand-part">
      <h3 className="section-title">{t('time.title')}</h3>
      <p className="numbers">{words.total(stretches.length + moreStretches, ms)}</p>
      {stretches.length <= shownAtOnce ? (
        list
      ) : (
        <details>
          <summary>{t('time.show')}</summary>
          {list}
        </details>
      )}
    </section>
  );
}

export function HandPieces({ report, people }: Props) {
  const { t } = useTranslation('hand');
  const words = useHandWords(people);
  const { pieces, morePieces } = report;
  const several = report.writers.length > 1;
  if (pieces.length === 0) return null;
  return (
    <section className="hand-part">
      <h3 className="section-title">{t('pieces.title')}</h3>
      <ol className="hand-list">
        {pieces.map((piece) => {
          const label = piece.kind === 'piece' ? piece.how : piece.kind;
          return (
            <li key={`${piece.by} ${piece.at} ${piece.characters}`}>
              <span className="numbers">
                <span className="hand-swatch" data-kind={piece.kind} aria-hidden="true" />
                {t(`pieces.${label}`, { count: piece.characters })}
              </span>
              <span className="hand-row-words secondary numbers">
                {words.span(piece.at, piece.until)}
                {several && ` · ${words.name(piece.by)}`}
                {piece.standing !== piece.characters && ` · ${t('pieces.standing', { count: piece.standing })}`}
              </span>
            </li>
          );
        })}
        {morePieces > 0 && <li className="secondary">{t('pieces.more', { count: morePieces })}</li>}
      </ol>
    </section>
  );
}

export function HandSections({ report }: { readonly report: HandReport }) {
  const { t } = useTranslation(['hand', 'editor']);
  const { document, scrollToSection } = useDocumentContext();
  const countWords = useCountWords();
  const names = { opening: t('editor:sections.opening'), closing: t('editor:sections.closing') };
  const nameOf = (key: string) => {
    const section = document.sections.find((candidate) => candidate.key === key);
    return section === undefined ? key : sectionName(section, document.sections, names);
  };
  return (
    <section className="hand-part">
      <h3 className="section-title">{t('sections.title')}</h3>
      {report.sections
        .filter(({ counts }) => sumOf(counts) > 0)
        .map(({ key, counts, blocks }) => (
          <details key={key} className="hand-section">
            <summary>
              <span className="hand-row">
                <span className="hand-row-name">{nameOf(key)}</span>
                <span className="numbers">{t('count', { count: sumOf(counts) })}</span>
                <HandBar counts={counts} />
                <span className="hand-row-words secondary numbers">{countWords(counts)}</span>
              </span>
            </summary>
            <ol className="hand-blocks">
              {blocks.map((block) => (
                <li key={block.id}>
                  <span className="hand-begins">{block.begins}…</span>
                  <span className="hand-row-words secondary numbers">{countWords(block.counts)}</span>
                </li>
              ))}
            </ol>
            <Button size="small" type="text" onClick={() => scrollToSection(key)}>
              {t('sections.go')}
            </Button>
          </details>
        ))}
    </section>
  );
}
