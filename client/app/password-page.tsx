/** The first sign-in: the initial password, which somebody else has seen, must be changed before anything is shown. */
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/queries.ts';
import { namePage } from '../ui/page-title.ts';
import { FrontPage } from './front-page.tsx';
import { PasswordForm } from './password-form.tsx';
import { useLeave } from './use-leave.ts';

export function PasswordPage({ name }: { readonly name: string }) {
  const { t } = useTranslation(['common', 'app']);
  const client = useQueryClient();
  const { leave } = useLeave();
  const title = t('app:password.firstTitle');
  useEffect(() => namePage(title), [title]);
  return (
    <FrontPage>
      <h1 className="front-title">{title}</h1>
      <p className="front-words">{t('app:password.firstWords', { name })}</p>
      <PasswordForm initial onChanged={() => void client.resetQueries({ queryKey: keys.me })} />
      <p className="front-other">
        <Button type="text" block onClick={leave}>
          {t('app:signOut')}
        </Button>
      </p>
    </FrontPage>
  );
}
