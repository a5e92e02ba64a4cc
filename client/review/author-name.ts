/** Who is asked to revise: the author of an outline by name, of the team material 起草人 as a body. */
import { useTranslation } from 'react-i18next';
import { useDocumentContext } from '../documents/document-context.ts';

export function useAuthorName(): string {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  return document.owner?.name ?? t('team.drafters');
}
