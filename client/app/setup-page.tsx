/** The first run: the one-time code from the server's window, the unit, the first administrator, the first meeting. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Select } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { usernameSchema } from '../../shared/api/people.ts';
import { builtInTemplates } from '../../shared/template/templates.ts';
import { useSetUp, useSignIn } from '../api/mutations.ts';
import { keys } from '../api/queries.ts';
import { meetingTitle } from '../meetings/preset.ts';
import { namePage } from '../ui/page-title.ts';
import { useWords } from '../ui/use-words.ts';
import { FrontPage } from './front-page.tsx';
import { NewPasswordFields } from './password-form.tsx';

type Fields = {
  code: string;
  unitName: string;
  username: string;
  name: string;
  next: string;
  templateId: string;
  title: string;
  year: number;
};

const later = '';

export function SetupPage() {
  const { t } = useTranslation(['common', 'app']);
  const words = useWords();
  const client = useQueryClient();
  const setUp = useSetUp();
  const signIn = useSignIn();
  const [form] = Form.useForm<Fields>();
  const templateId = Form.useWatch('templateId', form);
  const pageTitle = t('app:setup.title');
  useEffect(() => namePage(pageTitle), [pageTitle]);

  function presetMeeting(id: string): void {
    const template = builtInTemplates.find((candidate) => candidate.id === id);
    if (template !== undefined) {
      form.setFieldsValue({ year: template.year, title: meetingTitle(template, template.year) });
    }
  }

  async function submit(fields: Fields): Promise<void> {
    try {
      const administrator = { username: fields.username.trim(), name: fields.name.trim(), password: fields.next };
      const meeting =
        fields.templateId === later
          ? undefined
          : { templateId: fields.templateId, title: fields.title, year: fields.year };
      await setUp.mutateAsync({ code: fields.code, unitName: fields.unitName, administrator, meeting });
      // The administrator goes on at once; should this fail, the sign-in page is there.
      await signIn
        .mutateAsync({ username: administrator.username, password: administrator.password })
        .catch(() => null);
      await client.resetQueries({ queryKey: keys.me });
    } catch {
      // Shown above the button; what was written stays.
    }
  }

  return (
    <FrontPage wide>
      <h1 className="front-title">{pageTitle}</h1>
      <p className="front-words">{t('app:setup.words')}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ templateId: later }}
        onFinish={(fields) => void submit(fields)}
        scrollToFirstError
      >
        <Form.Item
          name="code"
          label={t('app:setup.code')}
          extra={t('app:setup.codeWords')}
          rules={[{ required: true, message: t('app:setup.codeMissing') }]}
        >
          <Input autoFocus autoComplete="off" spellCheck={false} maxLength={40} />
        </Form.Item>
        <Form.Item
          name="unitName"
          label={t('app:setup.unit')}
          extra={t('app:setup.unitWords')}
          rules={[{ required: true, whitespace: true, message: t('app:setup.unitMissing') }]}
        >
          <Input maxLength={80} autoComplete="organization" />
        </Form.Item>

        <h2 className="front-part">{t('app:setup.administrator')}</h2>
        <p className="front-words">{t('app:setup.administratorWords')}</p>
        <Form.Item
          name="name"
          label={t('app:setup.name')}
          rules={[{ required: true, whitespace: true, message: t('app:setup.nameMissing') }]}
        >
          <Input maxLength={40} autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="username"
          label={t('app:username')}
          extra={t('app:username.rules')}
          rules={[
            {
              validator: async (_, value: string | undefined) => {
                if (!usernameSchema.safeParse(value ?? '').success) throw new Error(t('app:username.bad'));
              },
            },
          ]}
          validateTrigger="onBlur"
        >
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={32} />
        </Form.Item>
        <NewPasswordFields />

        <h2 className="front-part">{t('app:setup.meeting')}</h2>
        <p className="front-words">{t('app:setup.meetingWords')}</p>
        <Form.Item name="templateId" label={t('app:setup.template')}>
          <Select
            onChange={presetMeeting}
            options={[
              { value: later, label: t('app:setup.later') },
              ...builtInTemplates.map(({ id, year, name }) => ({ value: id, label: `${year} · ${name}` })),
            ]}
          />
        </Form.Item>
        {templateId !== undefined && templateId !== later && (
          <>
            <Form.Item
              name="title"
              label={t('app:setup.meetingTitle')}
              rules={[{ required: true, whitespace: true, message: t('app:setup.titleMissing') }]}
            >
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item
              name="year"
              label={t('app:setup.year')}
              rules={[{ required: true, message: t('app:setup.yearMissing') }]}
            >
              <InputNumber min={2013} max={2100} precision={0} />
            </Form.Item>
          </>
        )}
        {setUp.isError && (
          <Form.Item>
            <Alert type="error" role="alert" title={words.error(setUp.error)} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block size="large" loading={setUp.isPending || signIn.isPending}>
          {t('app:setup.start')}
        </Button>
      </Form>
    </FrontPage>
  );
}
