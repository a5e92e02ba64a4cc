/** 版本: the frozen texts, newest first, and any two of them compared in the place of the text. */
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionView } from '../../shared/api/documents.ts';
import { useVersions } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import './review.css';
import { useComparison } from './use-comparison.ts';
import { useReading } from './use-reading.ts';

const hashLength = 8;

export function VersionsRail() {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const versions = useVersions(document.id);
  return (
    <div className="rail-body">
      <Loaded query={versions} lines={4}>
        {(list) => {
          const newestFirst = [...list].sort((a, b) => b.number - a.number);
          if (newestFirst.length === 0) {
            return <Nothing title={t('versions.empty')}>{t('versions.empty.words')}</Nothing>;
          }
          return (
            <>
              {newestFirst.length > 1 ? (
                <PairChooser versions={newestFirst} />
              ) : (
                <p className="rail-note secondary">{t('versions.onlyOne')}</p>
              )}
              <ol className="version-list">
                {newestFirst.map((version, index) => (
                  <VersionRow key={version.id} version={version} previous={newestFirst[index + 1]} />
                ))}
              </ol>
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

/** Begins with what a reviewer read last, or with the two newest. */
function PairChooser({ versions }: { readonly versions: readonly VersionView[] }) {
  const { t } = useTranslation('review');
  const { compare } = useComparison();
  const { baseline } = useReading();
  const [chosen, setChosen] = useState<{ from?: number; to?: number }>({});
  const from = chosen.from ?? baseline?.from ?? versions[1]?.number ?? 1;
  const to = chosen.to ?? baseline?.to ?? versions[0]?.number ?? 1;
  const options = versions.map(({ number }) => ({ value: number, label: t('versions.nth', { number }) }));
  return (
    <form
      className="version-pair"
      onSubmit={(event) => {
        event.preventDefault();
        compare({ from, to });
      }}
    >
      <p className="section-title">{t('versions.choose')}</p>
      <div className="version-pair-fields">
        <Select
          value={from}
          options={options}
          aria-label={t('versions.from')}
          onChange={(value) => setChosen({ from: value, to })}
        />
        <span aria-hidden="true">→</span>
        <Select
          value={to}
          options={options}
          aria-label={t('versions.to')}
          onChange={(value) => setChosen({ from, to: value })}
        />
        <Button htmlType="submit" disabled={from === to}>
          {t('versions.compare')}
        </Button>
      </div>
    </form>
  );
}

type RowProps = { readonly version: VersionView; readonly previous: VersionView | undefined };

function VersionRow({ version, previous }: RowProps) {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const words = useWords();
  const { pair, compare } = useComparison();
  const { number, cause, round, characters, sha256, at, by } = version;
  const shown = pair !== null && (pair.from === number || pair.to === number);
  return (
    <li className="version" data-shown={shown}>
      <p className="version-name">
        <strong>{t('versions.nth', { number })}</strong>
        {document.currentVersion?.id === version.id && <span className="version-current">{t('versions.current')}</span>}
        <span className="secondary">{t('versions.row', { cause: t(`cause.${cause}`), round })}</span>
      </p>
      <p className="remark-by">{t('versions.by', { name: by.name, moment: words.moment(at) })}</p>
      <p className="remark-by numbers" title={t('versions.hash.title', { hash: sha256 })}>
        {t('versions.facts', { characters, hash: sha256.slice(0, hashLength) })}
      </p>
      {previous !== undefined && (
        <Button
          size="small"
          type="text"
          className="version-compare"
          onClick={() => compare({ from: previous.number, to: number })}
        >
          {previous.sha256 === sha256 ? t('versions.identical') : t('versions.withPrevious')}
        </Button>
      )}
    </li>
  );
}
