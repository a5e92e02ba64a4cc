/** Changing one's password from the account menu. */
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { PasswordForm } from './password-form.tsx';

export function PasswordDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['common', 'app']);
  return (
    <Modal open={open} title={t('app:password.change')} footer={null} onCancel={onClose} destroyOnHidden width={440}>
      <PasswordForm initial={false} onChanged={onClose} />
    </Modal>
  );
}
