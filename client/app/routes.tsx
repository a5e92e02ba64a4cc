/** Which page stands at which address. Pages behind the first are fetched when they are first asked for. */
import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { lazyPage } from '../ui/lazy-page.tsx';
import { NotFoundPage, RouteCrash } from './fallback-pages.tsx';
import { Shell } from './shell.tsx';
import { WorkPage } from './work-page.tsx';

function page<M>(load: () => Promise<M>, pick: (module: M) => ComponentType) {
  const Page = lazyPage(load, pick);
  return <Page />;
}

export function createRouter() {
  return createBrowserRouter([
    {
      path: '/',
      element: <Shell />,
      errorElement: <RouteCrash />,
      children: [
        { index: true, element: <WorkPage /> },
        {
          path: 'meetings',
          element: page(
            () => import('../meetings/meetings-page.tsx'),
            (module) => module.MeetingsPage,
          ),
        },
        {
          path: 'meetings/new',
          element: page(
            () => import('../meetings/new-meeting-page.tsx'),
            (module) => module.NewMeetingPage,
          ),
        },
        {
          path: 'meetings/:id/:tab?',
          element: page(
            () => import('../meetings/meeting-page.tsx'),
            (module) => module.MeetingPage,
          ),
        },
        {
          path: 'documents/:id',
          element: page(
            () => import('../documents/document-page.tsx'),
            (module) => module.DocumentPage,
          ),
        },
        {
          path: 'review',
          element: page(
            () => import('../review/review-queue-page.tsx'),
            (module) => module.ReviewQueuePage,
          ),
        },
        {
          path: 'review/sections/:id',
          element: page(
            () => import('../review/side-by-side-page.tsx'),
            (module) => module.SideBySidePage,
          ),
        },
        {
          path: 'admin/accounts',
          element: page(
            () => import('../admin/accounts-page.tsx'),
            (module) => module.AccountsPage,
          ),
        },
        {
          path: 'admin/units',
          element: page(
            () => import('../admin/units-page.tsx'),
            (module) => module.UnitsPage,
          ),
        },
        {
          path: 'admin/audit',
          element: page(
            () => import('../admin/audit-page.tsx'),
            (module) => module.AuditPage,
          ),
        },
        { path: '*', element: <NotFoundPage /> },
      ],
    },
  ]);
}
