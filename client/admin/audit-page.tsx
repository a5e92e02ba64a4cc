/** 日志: who did what and when, in sentences, and whether the chain of entries is whole. It holds no texts. */
import { Button } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../shared/api/audit.ts';
import { useAudit } from '../api/queries.ts';
import { useSignedIn } from '../ui/me.ts';
import { Page } from '../ui/page.tsx';
import { useWords } from '../ui/use-words.ts';
import { Failed, Nothing, Waiting } from '../ui/view-state.tsx';
import { NotForYou } from './accounts-page.tsx';
import { factsOf, groupByDay } from './audit-words.ts';
import './admin.css';

export function AuditPage() {
  const { t } = useTranslation(['common', 'admin']);
  const { account } = useSignedIn();
  return account.administrator ? <Log title={t('admin:audit')} /> : <NotForYou />;
}

function Log({ title }: { readonly title: string }) {
  const { t } = useTranslation(['common', 'admin']);
  const audit = useAudit();
  const pages = audit.data?.pages;
  const entries = pages?.flatMap((page) => page.entries) ?? [];
  return (
    <Page
      title={title}
      lead={t('admin:audit.words')}
      acts={pages !== undefined && <Intact intact={pages.every((page) => page.intact)} />}
    >
      <div className="sheet">
        {pages === undefined ? (
          audit.isError ? (
            <Failed error={audit.error} onRetry={() => void audit.refetch()} />
          ) : (
            <Waiting lines={8} />
          )
        ) : entries.length === 0 ? (
          <Nothing title={t('admin:audit.nothing')} />
        ) : (
          <Entries entries={entries} />
        )}
        {audit.hasNextPage && (
          <p className="audit-more">
            <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
              {t('admin:audit.earlier')}
            </Button>
          </p>
        )}
      </div>
    </Page>
  );
}

function Intact({ intact }: { readonly intact: boolean }) {
  const { t } = useTranslation(['common', 'admin']);
  return (
    <span className="audit-intact" data-intact={intact} role="status">
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {intact ? (
          <path d="M2.5 8.5 6.5 12.5 13.5 4" fill="none" stroke="currentColor" strokeWidth="2" />
        ) : (
          <path d="M3 3l10 10M13 3 3 13" fill="none" stroke="currentColor" strokeWidth="2" />
        )}
      </svg>
      {intact ? t('admin:audit.intact') : t('admin:audit.broken')}
    </span>
  );
}

const shownOfHash = 12;

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const words = useWords();
  return groupByDay(entries).map(({ day, entries: ofDay }) => (
    <Fragment key={day}>
      <h2 className="audit-day">{words.day(day)}</h2>
      <ol>
        {ofDay.map((entry) => (
          <Entry key={entry.seq} entry={entry} />
        ))}
      </ol>
    </Fragment>
  ));
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation(['common', 'admin']);
  const at = new Date(entry.at);
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
  const actor = entry.actor === '' ? t('admin:audit.unknown') : entry.actor;
  return (
    <li className="audit-entry">
      <time className="audit-time numbers" dateTime={entry.at}>
        {time}
      </time>
      <div className="audit-words">
        <p>{t(`admin:act.${entry.act}`, { actor, subject: entry.subject })}</p>
        <Facts entry={entry} />
      </div>
      <span className="audit-number numbers" title={entry.hash}>
        {t('admin:audit.number', { number: entry.seq })}
        <span className="audit-hash">{entry.hash.slice(0, shownOfHash)}</span>
      </span>
    </li>
  );
}

/** Facts whose values are codes, with where their words are. */
const wordsOfFact: Readonly<Record<string, readonly string[]>> = {
  reason: ['common:reason.', 'admin:value.'],
  fate: ['admin:value.'],
  form: ['admin:value.'],
  changed: ['admin:part.'],
};

/** The entry's further facts: those we have words for in words, others as they are. */
function Facts({ entry }: { readonly entry: AuditEntry }) {
  const { t, i18n } = useTranslation(['common', 'admin']);
  const facts = factsOf(entry.facts, {
    nameOf: (key) => {
      const name = `admin:fact.${key}`;
      // The names of facts come from the server; what has no words is shown as it is.
      return i18n.exists(name) ? i18n.t(name as 'admin:fact.version') : key;
    },
    valueOf: (key, value) => {
      if (typeof value === 'boolean') return value ? t('admin:yes') : t('admin:no');
      if (key === 'sha256' || key === 'hand') return String(value).slice(0, shownOfHash);
      const lists = wordsOfFact[key];
      if (lists === undefined) return String(value);
      const words = String(value)
        .split(' ')
        .map((code) => {
          const name = lists.map((list) => `${list}${code}`).find((known) => i18n.exists(known));
          // As above: a code is in a word list or stands for itself.
          return name === undefined ? code : i18n.t(name as 'common:state.filed');
        });
      return words.join(t('listSeparator'));
    },
  });
  if (facts.length === 0) return null;
  return <p className="secondary">{facts.map((fact) => t('admin:fact.pair', fact)).join(' · ')}</p>;
}
