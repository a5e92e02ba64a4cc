/** Asks before changes that are not saved are left behind, by a link or by closing the page. */
import { Button, Modal } from 'antd';
import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

export function UnsavedGuard({
  dirty,
  released,
}: {
  readonly dirty: boolean;
  /** Set to true by who has just saved and leads on, before the page knows that nothing is left to save. */
  readonly released?: RefObject<boolean>;
}) {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && released?.current !== true && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Modal
      open
      title={t('unsaved.title')}
      onCancel={blocker.reset}
      footer={[
        <Button key="leave" onClick={blocker.proceed}>
          {t('unsaved.leave')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={blocker.reset}>
          {t('unsaved.stay')}
        </Button>,
      ]}
    >
      <p>{t('unsaved.words')}</p>
    </Modal>
  );
}
