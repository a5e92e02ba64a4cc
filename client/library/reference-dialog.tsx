/** Adding a text to the library, and changing one that is there. */
import { Alert, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reference, ReferenceWithText } from '../../shared/api/references.ts';
import type { MeetingId } from '../../shared/ids.ts';
import { useAddReference, useChangeReference, useReference } from '../api/likeness.ts';
import { useDraft } from '../ui/use-draft.ts';
import { useWords } from '../ui/use-words.ts';
import { Loaded } from '../ui/view-state.tsx';
import { emptyDraft, isComplete, type ReferenceDraft, ReferenceFields } from './reference-fields.tsx';

export function NewDialog({
  meetingId,
  draft,
  onDraft,
  onClose,
}: {
  readonly meetingId: MeetingId;
  readonly draft: ReferenceDraft;
  readonly onDraft: (draft: ReferenceDraft) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['common', 'likeness']);
  const add = useAddReference(meetingId);
  const save = () =>
    add.mutate(draft, {
      onSuccess: () => {
        onDraft(emptyDraft);
        onClose();
      },
    });
  return (
    <FieldsModal
      title={t('likeness:library.new')}
      value={draft}
      onChange={(change) => onDraft({ ...draft, ...change })}
      savable={isComplete(draft)}
      saving={add.isPending}
      error={add.error}
      onSave={save}
      onClose={onClose}
    />
  );
}

export function EditDialog({
  meetingId,
  reference,
  onClose,
}: {
  readonly meetingId: MeetingId;
  readonly reference: Reference;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['common', 'likeness']);
  const read = useReference(meetingId, reference.id);
  if (read.data !== undefined) return <Editing meetingId={meetingId} reference={read.data} onClose={onClose} />;
  return (
    <Modal open width={760} title={t('likeness:library.change')} footer={null} onCancel={onClose}>
      <Loaded query={read}>{() => null}</Loaded>
    </Modal>
  );
}

function Editing({
  meetingId,
  reference,
  onClose,
}: {
  readonly meetingId: MeetingId;
  readonly reference: ReferenceWithText;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['common', 'likeness']);
  const { id, kind, scope, title, text } = reference;
  const { value, dirty, change } = useDraft<ReferenceDraft>({ kind, scope, title, text });
  const save = useChangeReference(meetingId);
  return (
    <FieldsModal
      title={t('likeness:library.change')}
      value={value}
      onChange={(part) => change({ ...value, ...part })}
      savable={dirty && isComplete(value)}
      saving={save.isPending}
      error={save.error}
      onSave={() => save.mutate({ id, ...value }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function FieldsModal({
  title,
  value,
  onChange,
  savable,
  saving,
  error,
  onSave,
  onClose,
}: {
  readonly title: string;
  readonly value: ReferenceDraft;
  readonly onChange: (change: Partial<ReferenceDraft>) => void;
  readonly savable: boolean;
  readonly saving: boolean;
  readonly error: unknown;
  readonly onSave: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('common');
  const words = useWords();
  return (
    <Modal
      open
      width={760}
      title={title}
      okText={t('save')}
      okButtonProps={{ disabled: !savable }}
      cancelText={t('cancel')}
      confirmLoading={saving}
      mask={{ closable: false }}
      onOk={onSave}
      onCancel={onClose}
    >
      <ReferenceFields value={value} onChange={onChange} />
      {error !== null && error !== undefined && (
        <Alert className="library-trouble" type="error" role="alert" title={words.error(error)} />
      )}
    </Modal>
  );
}
