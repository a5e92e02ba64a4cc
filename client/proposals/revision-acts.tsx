/** What can be done while revising: give the text back with the changes, or go back to the text as it was submitted. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentContext } from '../documents/document-context.ts';
import { KeyHelp } from '../review/key-help.tsx';
import { ReturnDialog } from '../review/return-dialog.tsx';
import { useKeys } from '../review/use-keys.ts';
import { useRevising } from './revising.ts';

export function RevisionActs() {
  const { t } = useTranslation(['proposals', 'review']);
  const { document } = useDocumentContext();
  const { end } = useRevising();
  const [asked, setAsked] = useState(false);
  const mayReturn = document.may.includes('return');
  useKeys({
    r: () => {
      if (!mayReturn) return false;
      setAsked(true);
      return true;
    },
    e: end,
    'Alt+E': end,
  });
  return (
    <div className="review-actions">
      <Button title="Alt+E" onClick={end}>
        {t('act.back')}
      </Button>
      {mayReturn && (
        <Button type="primary" onClick={() => setAsked(true)}>
          {t('review:act.return')}
        </Button>
      )}
      {asked && <ReturnDialog onClose={() => setAsked(false)} />}
      <KeyHelp />
    </div>
  );
}
