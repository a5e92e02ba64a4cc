/** 审改, beside the reviewer's other acts: begins his copy, or goes on with it. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDocumentContext } from '../documents/document-context.ts';
import { useKeys } from '../review/use-keys.ts';
import { useRevising } from './revising.ts';

export function ProposeButton() {
  const { t } = useTranslation('proposals');
  const { document } = useDocumentContext();
  const { begin } = useRevising();
  const may = document.may.includes('propose');
  useKeys({ e: begin, 'Alt+E': begin }, may);
  if (!may) return null;
  return (
    <Button title={t('act.propose.title')} onClick={begin}>
      {t('act.propose')}
    </Button>
  );
}
