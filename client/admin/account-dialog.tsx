/** One account: a new one, or the name, duty, unit and role of one that exists. */
import { Alert, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Role, roles } from '../../shared/access/can.ts';
import { type Account, type Unit, usernameSchema } from '../../shared/api/people.ts';
import type { UnitId } from '../../shared/ids.ts';
import { useChangeAccount, useCreateAccount } from '../api/mutations.ts';
import { useWords } from '../ui/use-words.ts';
import type { Credential } from './credentials-dialog.tsx';
import { flattenUnits } from './unit-tree.ts';

type Fields = {
  username: string;
  name: string;
  duty: string;
  unitId: UnitId;
  position: Role;
  administrator: boolean;
};

export function AccountDialog({
  account,
  units,
  home,
  onClose,
  onCredentials,
}: {
  readonly account: Account | undefined;
  readonly units: readonly Unit[];
  readonly home: UnitId;
  readonly onClose: () => void;
  readonly onCredentials: (credentials: readonly Credential[]) => void;
}) {
  const { t } = useTranslation(['common', 'admin']);
  const words = useWords();
  const [form] = Form.useForm<Fields>();
  const create = useCreateAccount();
  const change = useChangeAccount();
  const administrator = Form.useWatch('administrator', form);
  const error = create.error ?? change.error;

  function save({ username, ...rest }: Fields): void {
    if (account !== undefined) {
      change.mutate({ id: account.id, ...rest }, { onSuccess: onClose });
      return;
    }
    create.mutate(
      { username: username.trim(), ...rest },
      {
        onSuccess: ({ account: made, initialPassword }) => {
          onClose();
          onCredentials([{ username: made.username, name: made.name, initialPassword }]);
        },
      },
    );
  }

  return (
    <Modal
      open
      title={account === undefined ? t('admin:create') : t('admin:edit.title', { name: account.name })}
      okText={account === undefined ? t('admin:create') : t('save')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending || change.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          account ?? { username: '', name: '', duty: '', unitId: home, position: 'member', administrator: false }
        }
        onFinish={save}
      >
        <Form.Item
          name="name"
          label={t('admin:field.name')}
          rules={[{ required: true, whitespace: true, message: t('admin:name.missing') }]}
        >
          <Input autoFocus maxLength={40} autoComplete="off" />
        </Form.Item>
        {account === undefined && (
          <Form.Item
            name="username"
            label={t('admin:field.username')}
            extra={t('admin:username.rules')}
            validateTrigger="onBlur"
            rules={[
              {
                validator: async (_, value: string | undefined) => {
                  if (!usernameSchema.safeParse(value ?? '').success) throw new Error(t('admin:username.bad'));
                },
              },
            ]}
          >
            <Input maxLength={32} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </Form.Item>
        )}
        <Form.Item name="duty" label={t('admin:field.duty')} extra={t('admin:duty.words')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="unitId" label={t('admin:field.unit')}>
          <Select
            options={flattenUnits(units).map(({ unit, path }) => ({ value: unit.id, label: path.join(' / ') }))}
          />
        </Form.Item>
        {administrator !== true && (
          <Form.Item name="position" label={t('admin:field.role')} extra={t('admin:role.words')}>
            <Select options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} />
          </Form.Item>
        )}
        <Form.Item name="administrator" valuePropName="checked" extra={t('admin:administrator.words')}>
          <Checkbox>{t('role.administrator')}</Checkbox>
        </Form.Item>
        {error !== null && <Alert type="error" role="alert" title={words.error(error)} />}
      </Form>
    </Modal>
  );
}
