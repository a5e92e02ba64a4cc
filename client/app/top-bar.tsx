/** Product, unit, the places one may go, the switches, oneself. */
import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { useMeetings, useWork } from '../api/queries.ts';
import { useSignedIn } from '../ui/me.ts';
import { addressOf, placesFor } from './navigation.ts';
import { PasswordDialog } from './password-dialog.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';
import { LanguageSwitch, TypeSwitch } from './switches.tsx';
import { groupWork } from './work-groups.ts';

export function TopBar() {
  const { t } = useTranslation(['common', 'app']);
  const { account, unit } = useSignedIn();
  const work = useWork();
  const meetings = useMeetings();
  const waiting = account.administrator ? 0 : groupWork(work.data ?? []).mine.length;
  return (
    <header className="top-bar">
      <Link className="top-bar-product" to="/">
        {t('product')}
      </Link>
      <span className="top-bar-unit" title={unit.name}>
        {unit.name}
      </span>
      <nav className="top-bar-nav" aria-label={t('app:nav')}>
        {placesFor(account, meetings.data ?? [], work.data ?? []).map((place) => (
          <NavLink key={place} className="top-bar-link" to={addressOf[place]} end={addressOf[place] === '/'}>
            {t(`app:nav.${place}`)}
            {place === 'work' && waiting > 0 && (
              <span className="top-bar-count numbers">
                {waiting}
                <span className="visually-hidden">{t('app:nav.waiting')}</span>
              </span>
            )}
          </NavLink>
        ))}
      </nav>
      <div className="top-bar-self">
        <TypeSwitch />
        <LanguageSwitch />
        <AccountMenu name={account.name} duty={account.duty} />
      </div>
    </header>
  );
}

function AccountMenu({ name, duty }: { readonly name: string; readonly duty: string }) {
  const { t } = useTranslation(['common', 'app']);
  const [dialog, setDialog] = useState<'none' | 'password' | 'sign_out'>('none');
  const close = () => setDialog('none');
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: [
            ...(duty === '' ? [] : [{ key: 'duty', type: 'group' as const, label: duty }]),
            { key: 'password', label: t('app:password.change'), onClick: () => setDialog('password') },
            { key: 'sign_out', label: t('app:signOut'), onClick: () => setDialog('sign_out') },
          ],
        }}
      >
        <Button type="text" aria-haspopup="menu">
          {name} <DownOutlined aria-hidden="true" />
        </Button>
      </Dropdown>
      <PasswordDialog open={dialog === 'password'} onClose={close} />
      {dialog === 'sign_out' && <SignOutDialog onClose={close} />}
    </>
  );
}
