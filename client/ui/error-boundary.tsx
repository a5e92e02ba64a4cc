/**
 * Keeps a broken part from taking the page with it: what is around it stays usable, and it can be tried again. A page whose
 * code is no longer on the server, because the system was updated, is offered a reload.
 */
import { Button } from 'antd';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeMissing } from './lazy-page.tsx';

type Props = {
  readonly children: ReactNode /** A new value tries again: the path, for a page. */;
  readonly resetKey?: string;
};
type State = { readonly error: unknown; readonly resetKey: string | undefined };

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error ?? new Error('thrown without an error') };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: undefined, resetKey: props.resetKey };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    // What was not fetched once is not asked for again by the same page.
    if (error instanceof CodeMissing) return <Crash what="upgraded" />;
    return <Crash onRetry={() => this.setState({ error: undefined })} />;
  }
}

/** What stands in the place of a broken part. */
export function Crash({
  what = 'part',
  onRetry,
}: {
  readonly what?: 'part' | 'upgraded';
  readonly onRetry?: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="view-state" role="alert">
      <p className="view-state-title">{t(what === 'part' ? 'crash.title' : 'crash.upgraded.title')}</p>
      <p>{t(what === 'part' ? 'crash.words' : 'crash.upgraded.words')}</p>
      <p className="view-state-acts">
        {onRetry !== undefined && <Button onClick={onRetry}>{t('retry')}</Button>}{' '}
        <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
      </p>
    </div>
  );
}
