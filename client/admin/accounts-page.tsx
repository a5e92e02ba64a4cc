/** 账号: who may come in. Created one by one or from a pasted table, reset, disabled and enabled again. */
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, Unit } from '../../shared/api/people.ts';
import { useAccounts, useUnits } from '../api/queries.ts';
import { useSignedIn } from '../ui/me.ts';
import { Page } from '../ui/page.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { AccountActs } from './account-acts.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { type Credential, CredentialsDialog } from './credentials-dialog.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import './admin.css';

type Opened =
  | { readonly dialog: 'none' }
  | { readonly dialog: 'create' }
  | { readonly dialog: 'paste' }
  | { readonly dialog: 'edit'; readonly account: Account };

export function AccountsPage() {
  const { t } = useTranslation(['common', 'admin']);
  const { account: me } = useSignedIn();
  const accounts = useAccounts();
  const units = useUnits();
  const [opened, setOpened] = useState<Opened>({ dialog: 'none' });
  const [credentials, setCredentials] = useState<readonly Credential[]>([]);
  const close = () => setOpened({ dialog: 'none' });
  if (!me.administrator) return <NotForYou />;
  return (
    <Page
      width="wide"
      title={t('admin:accounts')}
      lead={t('admin:accounts.words')}
      acts={
        <>
          <Button onClick={() => setOpened({ dialog: 'paste' })}>{t('admin:paste')}</Button>
          <Button type="primary" onClick={() => setOpened({ dialog: 'create' })}>
            {t('admin:create')}
          </Button>
        </>
      }
    >
      <div className="sheet">
        <Loaded query={units}>
          {(knownUnits) => (
            <Loaded query={accounts}>
              {(known) => (
                <>
                  <AccountsTable
                    accounts={known}
                    units={knownUnits}
                    me={me}
                    onEdit={(account) => setOpened({ dialog: 'edit', account })}
                    onCredentials={setCredentials}
                  />
                  {(opened.dialog === 'create' || opened.dialog === 'edit') && (
                    <AccountDialog
                      account={opened.dialog === 'edit' ? opened.account : undefined}
                      units={knownUnits}
                      home={me.unitId}
                      onClose={close}
                      onCredentials={setCredentials}
                    />
                  )}
                  {opened.dialog === 'paste' && (
                    <PasteDialog
                      accounts={known}
                      units={knownUnits}
                      home={me.unitId}
                      onClose={close}
                      onCredentials={setCredentials}
                    />
                  )}
                </>
              )}
            </Loaded>
          )}
        </Loaded>
      </div>
      {credentials.length > 0 && <CredentialsDialog credentials={credentials} onClose={() => setCredentials([])} />}
    </Page>
  );
}

/** What people who are no administrators find at an address of the administration. */
export function NotForYou() {
  const { t } = useTranslation(['common', 'admin']);
  return (
    <Page title={t('admin:title')} width="narrow">
      <div className="sheet">
        <Nothing title={t('admin:notForYou')} />
      </div>
    </Page>
  );
}

const shows = ['all', 'enabled', 'disabled'] as const;
type Show = (typeof shows)[number];

function AccountsTable({
  accounts,
  units,
  me,
  onEdit,
  onCredentials,
}: {
  readonly accounts: readonly Account[];
  readonly units: readonly Unit[];
  readonly me: Account;
  readonly onEdit: (account: Account) => void;
  readonly onCredentials: (credentials: readonly Credential[]) => void;
}) {
  const { t } = useTranslation(['common', 'admin']);
  const [search, setSearch] = useState('');
  const [show, setShow] = useState<Show>('all');
  const unitName = (account: Account) => units.find(({ id }) => id === account.unitId)?.name ?? '';
  const found = accounts.filter(
    (account) =>
      (show === 'all' || account.disabled === (show === 'disabled')) &&
      [account.name, account.username, account.duty, unitName(account)].some((text) =>
        text.toLowerCase().includes(search.trim().toLowerCase()),
      ),
  );
  const columns: readonly Column<Account>[] = [
    {
      key: 'name',
      head: t('admin:field.name'),
      names: true,
      cell: ({ name, username }) => (
        <>
          <span className="account-name">{name}</span>
          <div className="secondary">{username}</div>
        </>
      ),
      width: '13em',
    },
    {
      key: 'duty',
      head: t('admin:field.duty'),
      cell: (account) => (
        <>
          {account.duty}
          <div className="secondary">{unitName(account)}</div>
        </>
      ),
    },
    {
      key: 'role',
      head: t('admin:field.role'),
      cell: ({ administrator, position }) => (administrator ? t('role.administrator') : t(`role.${position}`)),
      width: '9em',
    },
    {
      key: 'state',
      head: t('admin:field.state'),
      cell: (account) => <AccountState account={account} />,
      width: '11em',
    },
    {
      key: 'acts',
      head: '',
      cell: (account) => (
        <AccountActs
          account={account}
          isMe={account.id === me.id}
          onEdit={() => onEdit(account)}
          onCredentials={onCredentials}
        />
      ),
      nowrap: true,
    },
  ];
  return (
    <>
      <div className="table-tools">
        <Input.Search
          className="table-search"
          allowClear
          placeholder={t('admin:search.words')}
          aria-label={t('admin:search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Segmented<Show>
          aria-label={t('admin:field.state')}
          value={show}
          onChange={setShow}
          options={shows.map((value) => ({ value, label: t(`admin:show.${value}`) }))}
        />
      </div>
      {found.length === 0 ? (
        <Nothing title={t('admin:accounts.notFound')} />
      ) : (
        <PlainTable caption={t('admin:accounts')} columns={columns} rows={found} rowKey={({ id }) => id} middle />
      )}
    </>
  );
}

function AccountState({ account }: { readonly account: Account }) {
  const { t } = useTranslation(['common', 'admin']);
  if (account.disabled) return <span className="account-off">{t('admin:state.disabled')}</span>;
  if (account.mustChangePassword) return <span className="secondary">{t('admin:state.initial')}</span>;
  return t('admin:state.enabled');
}
