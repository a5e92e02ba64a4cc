/** What a view shows while it has no content: it is coming, could not be fetched, is not for this reader, or is not there yet. */
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorCodeOf } from '../api/request.ts';
import { useWords } from './use-words.ts';

const patienceMs = 300;

/** Grey lines, shown only when the answer takes longer than a blink. */
export function Waiting({ lines = 4 }: { readonly lines?: number }) {
  const { t } = useTranslation();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="sheet-body" role="status" aria-live="polite">
      <span className="visually-hidden">{t('loading')}</span>
      {long && <Skeleton title={false} paragraph={{ rows: lines }} active />}
    </div>
  );
}

/** What was asked for, where its absence deserves words of its own. */
export type Asked = 'content' | 'document' | 'meeting';

/** Refusals that stay the same however often one asks: it is not there, or not for this reader. */
const lasting = ['forbidden', 'not_found'] as const;

export function Failed({
  error,
  what = 'content',
  onRetry,
}: {
  readonly error: unknown;
  readonly what?: Asked;
  readonly onRetry?: () => void;
}) {
  const { t } = useTranslation();
  const words = useWords();
  const code = errorCodeOf(error);
  const refused = lasting.find((known) => known === code);
  if (refused !== undefined) {
    return (
      <div className="view-state" role="alert">
        <p className="view-state-title">{t(`withheld.${what}.${refused}`)}</p>
        <p>{t(`withheld.words.${refused}`)}</p>
      </div>
    );
  }
  return (
    <div className="view-state" role="alert">
      <p className="view-state-title">{t('failed.title')}</p>
      <p>{words.error(error)}</p>
      {onRetry !== undefined && (
        <p className="view-state-acts">
          <Button onClick={onRetry}>{t('retry')}</Button>
        </p>
      )}
    </div>
  );
}

/** Says what will be here and what to do now. */
export function Nothing({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="view-state">
      <p className="view-state-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
      {action !== undefined && <p className="view-state-acts">{action}</p>}
    </div>
  );
}

/** The content of a query, or what stands for it. Content once fetched stays while it is looked at again. */
export function Loaded<T>({
  query,
  lines,
  what,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly lines?: number;
  readonly what?: Asked;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} what={what} onRetry={() => void query.refetch()} />;
  return <Waiting lines={lines} />;
}
