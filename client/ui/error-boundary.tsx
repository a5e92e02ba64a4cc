/** Keeps a broken part from taking the page with it: what is around it stays usable, and it can be tried again. */
import { Button } from 'antd';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  readonly children: ReactNode /** A new value tries again: the path, for a page. */;
  readonly resetKey?: string;
};
type State = { readonly broken: boolean; readonly resetKey: string | undefined };

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { broken: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(): Partial<State> {
    return { broken: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { broken: false, resetKey: props.resetKey };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return <Crash onRetry={() => this.setState({ broken: false })} />;
  }
}

/** What stands in the place of a broken part. */
export function Crash({ onRetry }: { readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="view-state" role="alert">
      <p className="view-state-title">{t('crash.title')}</p>
      <p>{t('crash.words')}</p>
      <p className="view-state-acts">
        {onRetry !== undefined && <Button onClick={onRetry}>{t('retry')}</Button>}{' '}
        <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
      </p>
    </div>
  );
}
