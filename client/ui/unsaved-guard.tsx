/** Asks before changes that are not saved are left behind, by a link or by closing the page. */
import { Button, Modal } from 'antd';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { leavesSilently } from './leaving.ts';

export type GuardWords = {
  readonly title: string;
  readonly words: string;
  readonly stay: string;
  readonly leave: string;
};

type Props = {
  readonly dirty: boolean;
  /** Set to true by who has just saved and leads on, before the page knows that nothing is left to save. */
  readonly released?: RefObject<boolean>;
  /** What is saved by itself within this time lets go without a question. */
  readonly patienceMs?: number;
  /** Nothing is lost by leaving: another person who signs in here is not asked. */
  readonly kept?: boolean;
  /** Where the usual words do not fit. */
  readonly words?: GuardWords;
};

export function UnsavedGuard({ dirty, released, patienceMs = 0, kept = false, words }: Props) {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && released?.current !== true && currentLocation.pathname !== nextLocation.pathname,
  );
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => {
      if (kept && leavesSilently()) return;
      event.preventDefault();
      // Older browsers ask only for this.
      event.returnValue = true;
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty, kept]);
  useEffect(() => {
    setWaited(false);
    if (blocker.state !== 'blocked') return;
    if (!dirty) {
      blocker.proceed();
      return;
    }
    const timer = setTimeout(() => setWaited(true), patienceMs);
    return () => clearTimeout(timer);
  }, [blocker, dirty, patienceMs]);
  if (blocker.state !== 'blocked' || !waited) return null;
  return (
    <Modal
      open
      title={words?.title ?? t('unsaved.title')}
      onCancel={blocker.reset}
      footer={[
        <Button key="leave" onClick={blocker.proceed}>
          {words?.leave ?? t('unsaved.leave')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={blocker.reset}>
          {words?.stay ?? t('unsaved.stay')}
        </Button>,
      ]}
    >
      <p>{words?.words ?? t('unsaved.words')}</p>
    </Modal>
  );
}
