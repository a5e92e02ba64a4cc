/** What of a text nobody has answered yet, in a line: 批注 2 · 审改 1; empty where there is nothing. */
import { useTranslation } from 'react-i18next';
import type { WorkItem } from '../../shared/api/work.ts';

export function useOpenCounts(): (item: Pick<WorkItem, 'openRemarks' | 'openChanges'>) => string {
  const { t } = useTranslation('common');
  return ({ openRemarks, openChanges }) =>
    [
      ...(openRemarks > 0 ? [t('open.remarks', { count: openRemarks })] : []),
      ...(openChanges > 0 ? [t('open.changes', { count: openChanges })] : []),
    ].join(' · ');
}
