/**
 * When the session ends while somebody works, asks for the password in front of the page: the page below stays as it is,
 * and so does the text. Somebody else who signs in here gets a new page.
 */
import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Me, meSchema } from '../../shared/api/people.ts';
import { keys } from '../api/queries.ts';
import { onSignedOut, request } from '../api/request.ts';
import { announceSignedIn } from '../api/session.ts';
import { reloadSilently } from '../ui/leaving.ts';
import { PasswordForm } from './password-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SessionKeeper({ me }: { readonly me: Me }) {
  const { t } = useTranslation(['common', 'app']);
  const client = useQueryClient();
  const [signedOut, setSignedOut] = useState(false);
  useEffect(() => onSignedOut(() => setSignedOut(true)), []);

  async function goOn(): Promise<void> {
    const now = await request('GET', '/api/me', meSchema);
    if (now.account.id !== me.account.id) {
      reloadSilently();
      return;
    }
    client.setQueryData(keys.me, now);
    setSignedOut(false);
    if (!now.account.mustChangePassword) resume();
  }

  function resume(): void {
    announceSignedIn();
    void client.invalidateQueries();
  }

  const mustChange = !signedOut && me.account.mustChangePassword;
  return (
    <>
      <Modal
        open={signedOut}
        title={t('app:expired.title')}
        footer={null}
        closable={false}
        keyboard={false}
        mask={{ closable: false }}
        destroyOnHidden
        width={440}
      >
        <p className="secondary dialog-words">{t('app:expired.words')}</p>
        <SignInForm username={me.account.username} onSignedIn={goOn} />
      </Modal>
      <Modal
        open={mustChange}
        title={t('app:password.firstTitle')}
        footer={null}
        closable={false}
        keyboard={false}
        mask={{ closable: false }}
        destroyOnHidden
        width={440}
      >
        <p className="secondary dialog-words">{t('app:password.resetWords')}</p>
        <PasswordForm initial onChanged={resume} />
      </Modal>
    </>
  );
}
