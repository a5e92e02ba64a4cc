/** What a view shows while it has no content: it is coming, it could not be fetched, or there is nothing yet. */
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
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

export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
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
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting lines={lines} />;
}
