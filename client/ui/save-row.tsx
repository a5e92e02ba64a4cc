/** The end of a form: what was refused, save, and a way back to what is saved. */
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWords } from './use-words.ts';

export function SaveRow({
  dirty,
  saving,
  error,
  invalid,
  onSave,
  onDiscard,
}: {
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly error: unknown;
  /** Why it cannot be saved as it stands. */
  readonly invalid?: string;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <>
      {error !== null && error !== undefined && <Alert type="error" role="alert" title={words.error(error)} />}
      <div className="save-row">
        <Button type="primary" disabled={!dirty || invalid !== undefined} loading={saving} onClick={onSave}>
          {t('save')}
        </Button>
        <Button type="text" disabled={!dirty || saving} onClick={onDiscard}>
          {t('discard')}
        </Button>
        {dirty && invalid !== undefined && <span className="save-row-invalid">{invalid}</span>}
        {!dirty && <span className="secondary">{t('allSaved')}</span>}
      </div>
    </>
  );
}
