/** A text of the library, to be read. */
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reference } from '../../shared/api/references.ts';
import type { MeetingId } from '../../shared/ids.ts';
import { useReference } from '../api/likeness.ts';
import { Loaded } from '../ui/view-state.tsx';

type Props = { readonly meetingId: MeetingId; readonly reference: Reference; readonly onClose: () => void };

export function ReadDialog({ meetingId, reference, onClose }: Props) {
  const { t } = useTranslation('likeness');
  const text = useReference(meetingId, reference.id);
  return (
    <Modal open width={820} title={reference.title} footer={null} onCancel={onClose} destroyOnHidden>
      <p className="secondary">
        {t(`referenceKind.${reference.kind}`)} · {t(`scope.${reference.scope}`)} ·{' '}
        {t('library.length.count', { count: reference.characters })}
      </p>
      <Loaded query={text}>{(read) => <div className="library-text">{read.text}</div>}</Loaded>
    </Modal>
  );
}
