/** What an administrator can do with one account; each act that ends somebody's sessions says so before. */
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/api/people.ts';
import { useChangeAccount, useResetPassword } from '../api/mutations.ts';
import { useWords } from '../ui/use-words.ts';
import type { Credential } from './credentials-dialog.tsx';

type Question = 'none' | 'reset' | 'disable' | 'enable';

export function AccountActs({
  account,
  isMe,
  onEdit,
  onCredentials,
}: {
  readonly account: Account;
  readonly isMe: boolean;
  readonly onEdit: () => void;
  readonly onCredentials: (credentials: readonly Credential[]) => void;
}) {
  const { t } = useTranslation(['common', 'admin']);
  const [question, setQuestion] = useState<Question>('none');
  const { name } = account;
  return (
    <>
      <div className="row">
        <Button aria-label={`${t('edit')} ${name}`} onClick={onEdit}>
          {t('edit')}
        </Button>
        {!account.disabled && !isMe && (
          <Button aria-label={`${t('admin:reset')} ${name}`} onClick={() => setQuestion('reset')}>
            {t('admin:reset')}
          </Button>
        )}
        {!isMe && (
          <Button
            aria-label={`${account.disabled ? t('admin:enable') : t('admin:disable')} ${name}`}
            onClick={() => setQuestion(account.disabled ? 'enable' : 'disable')}
          >
            {account.disabled ? t('admin:enable') : t('admin:disable')}
          </Button>
        )}
      </div>
      {question !== 'none' && (
        <Confirmation
          account={account}
          question={question}
          onClose={() => setQuestion('none')}
          onCredentials={onCredentials}
        />
      )}
    </>
  );
}

function Confirmation({
  account,
  question,
  onClose,
  onCredentials,
}: {
  readonly account: Account;
  readonly question: Exclude<Question, 'none'>;
  readonly onClose: () => void;
  readonly onCredentials: (credentials: readonly Credential[]) => void;
}) {
  const { t } = useTranslation(['common', 'admin']);
  const words = useWords();
  const reset = useResetPassword();
  const change = useChangeAccount();
  const error = reset.error ?? change.error;

  function goOn(): void {
    if (question === 'reset') {
      reset.mutate(account.id, {
        onSuccess: ({ account: { username, name }, initialPassword }) => {
          onClose();
          onCredentials([{ username, name, initialPassword }]);
        },
      });
    } else {
      change.mutate({ id: account.id, disabled: question === 'disable' }, { onSuccess: onClose });
    }
  }

  return (
    <Modal
      open
      title={t(`admin:${question}.title`, { name: account.name })}
      okText={t(`admin:${question}`)}
      cancelText={t('cancel')}
      confirmLoading={reset.isPending || change.isPending}
      onOk={goOn}
      onCancel={onClose}
    >
      <p>{t(`admin:${question}.words`, { name: account.name })}</p>
      {error !== null && <Alert type="error" role="alert" title={words.error(error)} />}
    </Modal>
  );
}
