/** What stays while pages change: the top bar, news that waits, and the page itself with its own error boundary. */
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { DecisionsProvider } from '../review/decisions.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { useSignedIn } from '../ui/me.ts';
import { Waiting } from '../ui/view-state.tsx';
import { useLive } from './live.ts';
import { NewsBanner } from './news-banner.tsx';
import { TopBar } from './top-bar.tsx';
import './shell.css';

export function Shell() {
  const { t } = useTranslation(['common', 'app']);
  const { account } = useSignedIn();
  const { pathname } = useLocation();
  useLive();
  return (
    <div className="shell">
      <a className="skip-link" href="#page">
        {t('app:skip')}
      </a>
      <TopBar />
      {!account.administrator && <NewsBanner />}
      <DecisionsProvider>
        <main id="page" className="shell-page" tabIndex={-1}>
          <ErrorBoundary resetKey={pathname}>
            <Suspense fallback={<Waiting />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </DecisionsProvider>
      <ScrollRestoration />
    </div>
  );
}
