/** Initial passwords: shown once, to be copied or printed and handed over. They cannot be looked up again. */
import { Button, Modal } from 'antd';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../ui/copy-button.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';

export type Credential = { readonly username: string; readonly name: string; readonly initialPassword: string };

/** One line a person, parted by tabs, so that it can be pasted into a table. */
export function credentialsAsText(heads: readonly string[], credentials: readonly Credential[]): string {
  return [heads, ...credentials.map(({ name, username, initialPassword }) => [name, username, initialPassword])]
    .map((cells) => cells.join('\t'))
    .join('\n');
}

export function CredentialsDialog({
  credentials,
  onClose,
}: {
  readonly credentials: readonly Credential[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['common', 'admin']);
  const heads = [t('admin:field.name'), t('admin:field.username'), t('admin:initialPassword')];
  const columns: readonly Column<Credential>[] = [
    { key: 'name', head: t('admin:field.name'), names: true, cell: ({ name }) => name },
    { key: 'username', head: t('admin:field.username'), cell: ({ username }) => username },
    {
      key: 'password',
      head: t('admin:initialPassword'),
      cell: ({ initialPassword }) => <code className="initial-password">{initialPassword}</code>,
    },
  ];
  return (
    <Modal
      open
      title={t('admin:credentials.title')}
      width={640}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={[
        <CopyButton key="copy" text={() => credentialsAsText(heads, credentials)} />,
        <Button key="print" onClick={() => window.print()}>
          {t('print')}
        </Button>,
        <Button key="done" type="primary" onClick={onClose}>
          {t('admin:credentials.done')}
        </Button>,
      ]}
    >
      <p className="part-words">{t('admin:credentials.words')}</p>
      <div className="credentials">
        <PlainTable
          caption={t('admin:credentials.title')}
          columns={columns}
          rows={credentials}
          rowKey={({ username }) => username}
        />
      </div>
      {createPortal(<PrintedSlips credentials={credentials} />, document.body)}
    </Modal>
  );
}

/** What the printer gets: one slip a person, to be cut and handed over, and nothing else of the page. */
function PrintedSlips({ credentials }: { readonly credentials: readonly Credential[] }) {
  const { t } = useTranslation(['common', 'admin']);
  useEffect(() => {
    document.body.classList.add('prints-slips');
    return () => document.body.classList.remove('prints-slips');
  }, []);
  return (
    <div className="printed-slips" aria-hidden="true">
      {credentials.map(({ username, name, initialPassword }) => (
        <section key={username} className="printed-slip">
          <h2>
            {t('product')} · {name}
          </h2>
          <p>{t('admin:slip.address', { address: window.location.origin })}</p>
          <p>{t('admin:slip.username', { username })}</p>
          <p>
            {t('admin:slip.password')} <code className="initial-password">{initialPassword}</code>
          </p>
          <p>{t('admin:slip.words')}</p>
        </section>
      ))}
    </div>
  );
}
