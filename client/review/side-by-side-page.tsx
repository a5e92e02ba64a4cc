/**
 * 各人同一部分并排: one section of every member's text the reader may open, two to four columns at a time; passages that stand
 * in somebody else's text word for word are greyed. N and P change the section, ← and → the members, 2 to 4 the columns.
 */
import { Button, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { isId, type MeetingId } from '../../shared/ids.ts';
import { useMemberTexts } from '../api/member-texts.ts';
import { Page } from '../ui/page.tsx';
import { Nothing, Waiting } from '../ui/view-state.tsx';
import { KeyHelp } from './key-help.tsx';
import { documentPath } from './paths.ts';
import './desk.css';
import { type Column, columnsOf, columnWindow, type MemberText, sectionNames } from './side-by-side.ts';
import { useKeys } from './use-keys.ts';

const widths = [2, 3, 4] as const;

export function SideBySidePage() {
  const { t } = useTranslation('desk');
  const { id = '' } = useParams();
  return (
    <Page title={t('beside.title')} lead={t('beside.lead')} width="wide" acts={<KeyHelp button />}>
      {isId('meet', id) ? <Members id={id} /> : <Nothing title={t('beside.empty')}>{t('beside.empty.words')}</Nothing>}
    </Page>
  );
}

function Members({ id }: { readonly id: MeetingId }) {
  const { t } = useTranslation('desk');
  const texts = useMemberTexts(id);
  if (texts === undefined) return <Waiting lines={12} />;
  // A text nobody has begun is no column.
  const written = texts.filter(({ text }) => text.characters > 0);
  if (written.length === 0) return <Nothing title={t('beside.empty')}>{t('beside.empty.words')}</Nothing>;
  return <Columns texts={written} />;
}

function Columns({ texts }: { readonly texts: readonly MemberText[] }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const sections = useMemo(() => sectionNames(texts), [texts]);
  const at = Math.max(
    0,
    sections.findIndex(({ key }) => key === search.get('section')),
  );
  const key = sections[at]?.key ?? '';
  const width = widths.find((candidate) => String(candidate) === search.get('columns')) ?? 3;
  const shown = columnWindow(texts.length, width, Number(search.get('from') ?? 0) || 0);
  const columns = useMemo(() => columnsOf(texts, key), [texts, key]);
  const set = (name: string, value: string | number): boolean => {
    setSearch(
      (before) => new URLSearchParams([...before].filter(([known]) => known !== name).concat([[name, `${value}`]])),
      {
        replace: true,
      },
    );
    return true;
  };
  const toSection = (step: 1 | -1) => {
    const next = sections[(at + step + sections.length) % sections.length];
    return next !== undefined && set('section', next.key);
  };
  const toMember = (step: 1 | -1) => set('from', columnWindow(texts.length, width, shown.from + step).from);
  useKeys({
    n: () => toSection(1),
    p: () => toSection(-1),
    ArrowRight: () => toMember(1),
    ArrowLeft: () => toMember(-1),
    ...Object.fromEntries(widths.map((count) => [`${count}`, () => set('columns', count)])),
    Escape: () => {
      void navigate(-1);
      return true;
    },
  });
  return (
    <>
      <div className="side-head">
        <Select
          className="side-section"
          value={key}
          aria-label={t('beside.section')}
          options={sections.map((section) => ({
            value: section.key,
            label: section.heading || t(section.key === 'opening' ? 'beside.opening' : 'beside.closing'),
          }))}
          onChange={(value) => set('section', value)}
        />
        <Segmented
          aria-label={t('beside.columns')}
          value={width}
          options={widths.map((count) => ({ value: count, label: t('beside.count', { count }) }))}
          onChange={(value) => set('columns', value)}
        />
        {texts.length > width && (
          <span className="side-members">
            <Button title="←" disabled={shown.from === 0} onClick={() => toMember(-1)}>
              {t('beside.previous')}
            </Button>
            <Button title="→" disabled={shown.to === texts.length} onClick={() => toMember(1)}>
              {t('beside.next')}
            </Button>
          </span>
        )}
        <span className="secondary">{t('beside.legend')}</span>
      </div>
      <div className="side-columns" data-count={width}>
        {columns.slice(shown.from, shown.to).map((column) => (
          <MemberColumn key={column.id} column={column} />
        ))}
      </div>
    </>
  );
}

function MemberColumn({ column }: { readonly column: Column }) {
  const { t } = useTranslation('desk');
  const { id, name, characters, blocks } = column;
  return (
    <article className="side-column" lang="zh-CN">
      <h2>
        <Link to={documentPath(id)}>{name}</Link>
        {characters !== undefined && (
          <span className="secondary numbers side-count">{t('beside.characters', { count: characters })}</span>
        )}
      </h2>
      {characters === undefined && <p className="secondary">{t('beside.none')}</p>}
      {characters === 0 && <p className="secondary">{t('beside.nothing')}</p>}
      {blocks.map((block) => (
        <p key={block.id} className="side-block">
          {block.number}
          {block.parts.map(({ text, common }, index) => {
            // Parts have no identity but their place.
            const place = `${index}`;
            return common ? (
              <span key={place} className="side-common" title={t('beside.common')}>
                {text}
              </span>
            ) : (
              <span key={place}>{text}</span>
            );
          })}
        </p>
      ))}
    </article>
  );
}
