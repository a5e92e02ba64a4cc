/**
 * Who may pass: a system nobody has set up shows the first-run page, a stranger the sign-in page, a new account the
 * password page. Who has once passed keeps his page: an ended session is dealt with in front of it (`session-keeper.tsx`).
 */
import { Suspense, useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import type { Me } from '../../shared/api/people.ts';
import { useMe, useSetupState } from '../api/queries.ts';
import { errorCodeOf } from '../api/request.ts';
import { lazyPage } from '../ui/lazy-page.tsx';
import { MeContext } from '../ui/me.ts';
import { Failed, Waiting } from '../ui/view-state.tsx';
import { PasswordPage } from './password-page.tsx';
import { createRouter } from './routes.tsx';
import { SessionKeeper } from './session-keeper.tsx';
import { SignInPage } from './sign-in-page.tsx';

const SetupPage = lazyPage(
  () => import('./setup-page.tsx'),
  (module) => module.SetupPage,
);

export function Gate() {
  const setup = useSetupState();
  const me = useMe(setup.data?.needed === false);
  const [passed, setPassed] = useState<Me['account']['id'] | undefined>(undefined);
  if (me.data !== undefined && passed === undefined && !me.data.account.mustChangePassword) {
    setPassed(me.data.account.id);
  }

  if (setup.data === undefined) {
    return setup.isError ? <Failed error={setup.error} onRetry={() => void setup.refetch()} /> : <Waiting />;
  }
  if (setup.data.needed) {
    return (
      <Suspense fallback={<Waiting />}>
        <SetupPage />
      </Suspense>
    );
  }
  if (passed !== undefined && me.data !== undefined) return <Inside me={me.data} />;
  if (me.data?.account.mustChangePassword === true) return <PasswordPage name={me.data.account.name} />;
  if (me.isError) {
    return errorCodeOf(me.error) === 'signed_out' ? (
      <SignInPage />
    ) : (
      <Failed error={me.error} onRetry={() => void me.refetch()} />
    );
  }
  return <Waiting />;
}

function Inside({ me }: { readonly me: Me }) {
  const [router] = useState(createRouter);
  return (
    <MeContext value={me}>
      <RouterProvider router={router} />
      <SessionKeeper me={me} />
    </MeContext>
  );
}
