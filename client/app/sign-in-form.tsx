/** Username and password, on the sign-in page and in the dialog over a page whose session has ended. */
import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignIn } from '../api/mutations.ts';
import { useWords } from '../ui/use-words.ts';

type Fields = { username: string; password: string };

export function SignInForm({
  username = '',
  onSignedIn,
}: {
  readonly username?: string;
  readonly onSignedIn: () => Promise<void>;
}) {
  const { t } = useTranslation(['common', 'app']);
  const words = useWords();
  const signIn = useSignIn();
  const [form] = Form.useForm<Fields>();
  const password = useRef<InputRef>(null);
  // Where the hand goes next: the name, or the password when the name is known.
  const first = useRef<InputRef>(null);
  useEffect(() => (username === '' ? first : password).current?.focus(), [username]);

  async function submit(fields: Fields): Promise<void> {
    try {
      await signIn.mutateAsync({ username: fields.username.trim(), password: fields.password });
      await onSignedIn();
    } catch {
      // Shown above the fields; the name stays, the password is written anew.
      form.setFieldValue('password', '');
      password.current?.focus();
    }
  }

  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ username, password: '' }}
      onFinish={(fields) => void submit(fields)}
    >
      {signIn.isError && (
        <Form.Item>
          <Alert type="error" role="alert" title={words.error(signIn.error)} />
        </Form.Item>
      )}
      <Form.Item
        name="username"
        label={t('app:username')}
        rules={[{ required: true, message: t('app:username.missing') }]}
      >
        <Input ref={first} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('app:password')}
        rules={[{ required: true, message: t('app:password.missing') }]}
      >
        <Input.Password ref={password} autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block size="large" loading={signIn.isPending}>
        {t('app:signIn')}
      </Button>
    </Form>
  );
}
