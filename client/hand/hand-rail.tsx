/** 亲笔: how the words of a text came in. The same for its author and its reviewer; facts, and no word about anybody. */
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthorshipAnswer } from '../../shared/api/authorship.ts';
import { useAuthorship } from '../api/hand.ts';
import { useVersions } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { HandBar, HandCountList } from './counts.tsx';
import './hand.css';
import { HandPieces, HandSections, HandTime, HandWriters } from './hand-parts.tsx';
import { useReplayAddress } from './use-replay-address.ts';

export function HandRail() {
  const { document } = useDocumentContext();
  const [version, setVersion] = useState<number | undefined>(undefined);
  const query = useAuthorship(document.id, version);
  return (
    <div className="rail-body hand">
      <Loaded query={query} lines={6}>
        {(answer) => (
          <>
            <Choice answer={answer} chosen={version} onChoose={setVersion} />
            <Report answer={answer} />
          </>
        )}
      </Loaded>
    </div>
  );
}

type ChoiceProps = {
  readonly answer: AuthorshipAnswer;
  readonly chosen: number | undefined;
  readonly onChoose: (version: number | undefined) => void;
};

/** The text as it stands, where the reader writes it, and every version he may read. */
function Choice({ answer, chosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation('hand');
  const { document } = useDocumentContext();
  const versions = useVersions(document.id).data ?? [];
  const standing = document.access === 'write' || answer.version === null;
  const numbers = versions.map(({ number }) => number).sort((a, b) => b - a);
  const options = [
    ...(standing ? [{ value: 0, label: t('about.now') }] : []),
    ...numbers.map((number) => ({ value: number, label: t('about.version', { number }) })),
  ];
  if (options.length < 2) return <p className="section-title">{options[0]?.label}</p>;
  return (
    <Select
      className="hand-choice"
      aria-label={t('about.choose')}
      value={chosen ?? answer.version?.number ?? 0}
      options={options}
      onChange={(value) => onChoose(value === 0 ? undefined : value)}
    />
  );
}

function Report({ answer }: { readonly answer: AuthorshipAnswer }) {
  const { t } = useTranslation('hand');
  const { document } = useDocumentContext();
  const { open } = useReplayAddress();
  const { report, version, people } = answer;
  const writes = document.may.includes('submit') || document.may.includes('withdraw') || document.access === 'write';
  if (report.characters === 0) return <Nothing title={t('empty.title')}>{t('empty.words')}</Nothing>;
  return (
    <>
      <p className="secondary hand-lead">{t(writes ? 'lead.author' : 'lead.reviewer')}</p>
      <p className="hand-total numbers">{t('total', { count: report.characters })}</p>
      <HandBar counts={report.counts} />
      <HandCountList counts={report.counts} />
      <Button block onClick={() => open({ version: version?.number })}>
        {t('replay.open')}
      </Button>
      <HandWriters report={report} people={people} />
      <HandTime report={report} people={people} />
      <HandPieces report={report} people={people} />
      <HandSections report={report} />
      <Seal answer={answer} />
      <How adopted={report.counts.adopted > 0} />
    </>
  );
}

const hashLength = 8;

function Seal({ answer: { version, seal } }: { readonly answer: AuthorshipAnswer }) {
  const { t } = useTranslation('hand');
  if (version === null) return <p className="hand-seal secondary">{t('seal.none')}</p>;
  if (seal === null) return <p className="hand-seal secondary">{t('seal.missing')}</p>;
  if (!seal.intact) {
    return (
      <p className="hand-seal hand-seal-broken" role="alert">
        {t('seal.broken')}
      </p>
    );
  }
  return (
    <p className="hand-seal secondary numbers" title={t('seal.title', { hash: seal.sha256 })}>
      {t('seal.intact', { number: version.number, hash: seal.sha256.slice(0, hashLength) })}
    </p>
  );
}

const rules = ['typed', 'piece', 'offline', 'adopted', 'moved', 'time', 'end'] as const;

/** What can be adopted is explained where something was. */
function How({ adopted }: { readonly adopted: boolean }) {
  const { t } = useTranslation('hand');
  return (
    <details className="hand-how">
      <summary>{t('how.title')}</summary>
      <ul>
        {rules
          .filter((rule) => adopted || rule !== 'adopted')
          .map((rule) => (
            <li key={rule}>{t(`how.${rule}`)}</li>
          ))}
      </ul>
    </details>
  );
}
