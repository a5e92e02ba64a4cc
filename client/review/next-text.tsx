/** The way from one text to the next for somebody who reads many in one evening; nothing when no other text waits for him. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWork } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { documentPath } from './paths.ts';
import { reviewQueue } from './queue-order.ts';
import { neighbour } from './remark-order.ts';

export function NextText() {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const navigate = useNavigate();
  const queue = reviewQueue(useWork().data ?? []);
  const here = queue.find(({ documentId }) => documentId === document.id) ?? null;
  const next = neighbour(queue, here, 1);
  if (next === undefined || next.documentId === document.id) return null;
  const name = next.documentKind === 'team' ? t('queue.team') : next.ownerName;
  const count = queue.filter(({ documentId }) => documentId !== document.id).length;
  return (
    <Button size="small" type="text" title="J" onClick={() => void navigate(documentPath(next.documentId))}>
      {t('queue.next', { name, count })}
    </Button>
  );
}
