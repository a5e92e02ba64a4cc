/** Warns before words that are on this machine only are left behind. Words that are stored a moment later are let go. */
import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

/** Within this time an acknowledgement usually comes, and nobody needs to be asked. */
const patienceMs = 800;

export function LeaveGuard({ unsaved, kept }: { readonly unsaved: boolean; readonly kept: boolean }) {
  const { t } = useTranslation('editor');
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      // Older browsers ask only for this.
      event.returnValue = true;
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    if (!unsaved) {
      blocker.proceed();
      return;
    }
    setPatient(true);
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => clearTimeout(timer);
  }, [blocker, unsaved]);
  if (blocker.state !== 'blocked' || patient) return null;
  return (
    <Modal
      open
      title={t('leave.title')}
      onCancel={blocker.reset}
      footer={[
        <Button key="leave" onClick={blocker.proceed}>
          {t('leave.go')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={blocker.reset}>
          {t('leave.stay')}
        </Button>,
      ]}
    >
      <p>{kept ? t('leave.words') : t('leave.words.unkept')}</p>
    </Modal>
  );
}
