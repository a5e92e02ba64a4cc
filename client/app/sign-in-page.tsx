/** The way in. A new sign-in starts a new page, so nothing of an earlier reader is left in it. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/queries.ts';
import { namePage } from '../ui/page-title.ts';
import { FrontPage } from './front-page.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  const { t } = useTranslation(['common', 'app']);
  const client = useQueryClient();
  const title = t('app:signIn');
  useEffect(() => namePage(title), [title]);
  return (
    <FrontPage>
      <h1 className="visually-hidden">{title}</h1>
      <SignInForm onSignedIn={() => client.resetQueries({ queryKey: keys.me })} />
    </FrontPage>
  );
}
