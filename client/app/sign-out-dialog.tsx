/** Signing out: at once, unless words on this machine have not reached the server; then it says what that means. */
import { Button, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { unsavedDocuments } from '../room/unsaved.ts';
import { useSignedIn } from '../ui/me.ts';
import { useLeave } from './use-leave.ts';

export function SignOutDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['common', 'app']);
  const { account } = useSignedIn();
  const { leave, leaving } = useLeave();
  const [unsaved] = useState(() => unsavedDocuments(account.id));
  const left = useRef(false);
  useEffect(() => {
    if (unsaved.length > 0 || left.current) return;
    left.current = true;
    leave();
  }, [unsaved.length, leave]);
  if (unsaved.length === 0) return null;
  return (
    <Modal
      open
      title={t('app:signOut.unsavedTitle')}
      onCancel={onClose}
      footer={[
        <Button key="leave" loading={leaving} onClick={leave}>
          {t('app:signOut.anyway')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={onClose}>
          {t('app:signOut.stay')}
        </Button>,
      ]}
    >
      <p>{t('app:signOut.unsavedWords', { count: unsaved.length })}</p>
      <ul className="sign-out-texts">
        {unsaved.map((id, index) => (
          <li key={id}>
            <Link to={`/documents/${id}`} onClick={onClose}>
              {t('app:signOut.openText', { number: index + 1 })}
            </Link>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
