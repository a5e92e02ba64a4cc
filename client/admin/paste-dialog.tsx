/** Several accounts from a table copied out of WPS or Excel: looked at line by line before anything is sent. */
import { Alert, Input, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, CreateAccountBody, Unit } from '../../shared/api/people.ts';
import type { UnitId } from '../../shared/ids.ts';
import { useImportAccounts } from '../api/mutations.ts';
import { resources } from '../i18n/i18n.ts';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { useWords } from '../ui/use-words.ts';
import type { Credential } from './credentials-dialog.tsx';
import { type PastedLine, parsePastedTable, roleNamesFrom } from './paste-table.ts';

const mostLines = 200;

export function PasteDialog({
  accounts,
  units,
  home,
  onClose,
  onCredentials,
}: {
  readonly accounts: readonly Account[];
  readonly units: readonly Unit[];
  readonly home: UnitId;
  readonly onClose: () => void;
  readonly onCredentials: (credentials: readonly Credential[]) => void;
}) {
  const { t } = useTranslation(['common', 'admin']);
  const words = useWords();
  const [text, setText] = useState('');
  const send = useImportAccounts();
  const lines = useMemo(
    () =>
      parsePastedTable(text, {
        units,
        home,
        taken: new Set(accounts.map(({ username }) => username.toLowerCase())),
        roleNames: roleNamesFrom(
          [resources.zh.common, resources.en.common].map((list) => (role) => list[`role.${role}`]),
        ),
      }),
    [text, units, home, accounts],
  );
  const ready = lines.flatMap(({ account }): CreateAccountBody[] => (account === undefined ? [] : [account]));
  const faulty = lines.length - ready.length;
  const sendable = ready.length > 0 && faulty === 0 && ready.length <= mostLines;

  function create(): void {
    send.mutate(ready, {
      onSuccess: ({ accounts: made }) => {
        onClose();
        onCredentials(
          made.map(({ account, initialPassword }) => ({
            username: account.username,
            name: account.name,
            initialPassword,
          })),
        );
      },
    });
  }

  return (
    <Modal
      open
      width={920}
      title={t('admin:paste')}
      okText={t('admin:paste.create', { count: ready.length })}
      okButtonProps={{ disabled: !sendable }}
      cancelText={t('cancel')}
      confirmLoading={send.isPending}
      mask={{ closable: false }}
      onOk={create}
      onCancel={onClose}
    >
      <p className="part-words" id="paste-words">
        {t('admin:paste.words')}
      </p>
      <Input.TextArea
        autoFocus
        aria-label={t('admin:paste')}
        aria-describedby="paste-words"
        rows={5}
        spellCheck={false}
        placeholder={t('admin:paste.example')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div role="status" className="paste-summary">
        {lines.length > 0 &&
          (faulty === 0
            ? t('admin:paste.ready', { count: ready.length })
            : t('admin:paste.faulty', { count: lines.length, faulty }))}
        {ready.length > mostLines && t('admin:paste.tooMany', { most: mostLines })}
      </div>
      {lines.length > 0 && <Preview lines={lines} />}
      {send.isError && <Alert type="error" role="alert" title={words.error(send.error)} />}
    </Modal>
  );
}

function Preview({ lines }: { readonly lines: readonly PastedLine[] }) {
  const { t } = useTranslation(['common', 'admin']);
  const columns: readonly Column<PastedLine>[] = [
    { key: 'line', head: t('admin:paste.line'), numeric: true, width: '4em', cell: ({ number }) => number },
    { key: 'username', head: t('admin:field.username'), cell: ({ username }) => username },
    { key: 'name', head: t('admin:field.name'), cell: ({ name }) => name },
    { key: 'duty', head: t('admin:field.duty'), cell: ({ duty }) => duty },
    { key: 'unit', head: t('admin:field.unit'), cell: ({ unit }) => unit },
    { key: 'role', head: t('admin:field.role'), cell: ({ role }) => role },
    {
      key: 'faults',
      head: t('admin:paste.check'),
      cell: ({ faults }) =>
        faults.length === 0 ? (
          <span className="secondary">{t('admin:paste.ok')}</span>
        ) : (
          <ul className="paste-faults">
            {faults.map((fault) => (
              <li key={fault}>{t(`admin:fault.${fault}`)}</li>
            ))}
          </ul>
        ),
    },
  ];
  return (
    <div className="paste-preview">
      <PlainTable
        caption={t('admin:paste.check')}
        columns={columns}
        rows={lines}
        rowKey={({ number }) => String(number)}
      />
    </div>
  );
}
