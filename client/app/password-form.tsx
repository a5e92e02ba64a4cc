/** Changes one's own password, with the rules in view. */
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { passwordSchema } from '../../shared/api/people.ts';
import { useChangePassword } from '../api/mutations.ts';
import { useWords } from '../ui/use-words.ts';

type Fields = { current: string; next: string; again: string };

export function isPasswordGoodEnough(password: string): boolean {
  return passwordSchema.safeParse(password).success;
}

export function PasswordForm({ initial, onChanged }: { readonly initial: boolean; readonly onChanged: () => void }) {
  const { t } = useTranslation(['common', 'app']);
  const words = useWords();
  const change = useChangePassword();
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      onFinish={({ current, next }) => change.mutate({ current, next }, { onSuccess: onChanged })}
    >
      {change.isError && (
        <Form.Item>
          <Alert type="error" role="alert" title={words.error(change.error)} />
        </Form.Item>
      )}
      <Form.Item
        name="current"
        label={initial ? t('app:password.initial') : t('app:password.current')}
        rules={[{ required: true, message: t('app:password.missing') }]}
      >
        <Input.Password autoFocus autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <NewPasswordFields />
      <Button type="primary" htmlType="submit" block size="large" loading={change.isPending}>
        {initial ? t('app:password.set') : t('app:password.change')}
      </Button>
    </Form>
  );
}

/** The new password twice; used where a password is chosen. */
export function NewPasswordFields({ name = ['next'] }: { readonly name?: readonly string[] }) {
  const { t } = useTranslation(['common', 'app']);
  const path = [...name];
  const again = [...name.slice(0, -1), 'again'];
  return (
    <>
      <Form.Item
        name={path}
        label={t('app:password.next')}
        extra={t('app:password.rules')}
        validateTrigger="onBlur"
        rules={[
          {
            validator: async (_, value: string | undefined) => {
              if (!isPasswordGoodEnough(value ?? '')) throw new Error(t('app:password.weak'));
            },
          },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name={again}
        label={t('app:password.again')}
        dependencies={[path]}
        validateTrigger="onBlur"
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, value: string | undefined) => {
              if (value !== getFieldValue(path)) throw new Error(t('app:password.different'));
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
    </>
  );
}
