/** 参考资料 of a meeting: everybody who takes part reads them, its leader and its office keep them. */
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reference } from '../../shared/api/references.ts';
import type { MeetingId } from '../../shared/ids.ts';
import { useReferences, useRemoveReference } from '../api/likeness.ts';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { ReadDialog } from './read-dialog.tsx';
import { EditDialog, NewDialog } from './reference-dialog.tsx';
import { emptyDraft, type ReferenceDraft } from './reference-fields.tsx';
import './library.css';

/** What is open over the list. */
type Open = { readonly act: 'new' } | { readonly act: 'read' | 'edit' | 'remove'; readonly reference: Reference };

export function LibraryTab({ meetingId }: { readonly meetingId: MeetingId }) {
  const { t } = useTranslation(['common', 'likeness']);
  const references = useReferences(meetingId);
  const [open, setOpen] = useState<Open | undefined>(undefined);
  // Words somebody has begun with outlive a closed dialog.
  const [draft, setDraft] = useState<ReferenceDraft>(emptyDraft);
  const close = () => setOpen(undefined);
  return (
    <div className="sheet">
      <div className="library-head">
        <p className="secondary">{t('likeness:library.words')}</p>
        {references.data?.mayEdit === true && (
          <Button type="primary" onClick={() => setOpen({ act: 'new' })}>
            {t('likeness:library.add')}
          </Button>
        )}
      </div>
      <Loaded query={references}>
        {({ references: list, mayEdit }) =>
          list.length === 0 ? (
            <Nothing title={t('likeness:library.none')}>
              {t(mayEdit ? 'likeness:library.none.editor' : 'likeness:library.none.reader')}
            </Nothing>
          ) : (
            <List list={list} mayEdit={mayEdit} onOpen={setOpen} />
          )
        }
      </Loaded>
      {open?.act === 'new' && <NewDialog meetingId={meetingId} draft={draft} onDraft={setDraft} onClose={close} />}
      {open?.act === 'read' && <ReadDialog meetingId={meetingId} reference={open.reference} onClose={close} />}
      {open?.act === 'edit' && <EditDialog meetingId={meetingId} reference={open.reference} onClose={close} />}
      {open?.act === 'remove' && <RemoveDialog meetingId={meetingId} reference={open.reference} onClose={close} />}
    </div>
  );
}

function List({
  list,
  mayEdit,
  onOpen,
}: {
  readonly list: readonly Reference[];
  readonly mayEdit: boolean;
  readonly onOpen: (open: Open) => void;
}) {
  const { t } = useTranslation(['common', 'likeness']);
  const words = useWords();
  const columns: readonly Column<Reference>[] = [
    {
      key: 'title',
      head: t('likeness:library.title'),
      names: true,
      cell: (reference) => (
        <button type="button" className="library-title" onClick={() => onOpen({ act: 'read', reference })}>
          {reference.title}
        </button>
      ),
    },
    {
      key: 'kind',
      head: t('likeness:library.kind'),
      nowrap: true,
      cell: ({ kind }) => t(`likeness:referenceKind.${kind}`),
    },
    {
      key: 'scope',
      head: t('likeness:library.scope'),
      nowrap: true,
      cell: ({ scope }) => t(`likeness:scope.${scope}`),
    },
    {
      key: 'length',
      head: t('likeness:library.length'),
      nowrap: true,
      numeric: true,
      cell: ({ characters }) => t('likeness:library.length.count', { count: characters }),
    },
    {
      key: 'by',
      head: t('likeness:library.by'),
      nowrap: true,
      cell: ({ addedBy, at }) => t('likeness:library.by.line', { name: addedBy, moment: words.moment(at) }),
    },
    ...(mayEdit
      ? [
          {
            key: 'acts',
            head: '',
            nowrap: true,
            cell: (reference: Reference) => (
              <div className="board-acts">
                <Button
                  aria-label={`${t('likeness:library.edit')} ${reference.title}`}
                  onClick={() => onOpen({ act: 'edit', reference })}
                >
                  {t('likeness:library.edit')}
                </Button>
                <Button
                  type="text"
                  aria-label={`${t('remove')} ${reference.title}`}
                  onClick={() => onOpen({ act: 'remove', reference })}
                >
                  {t('remove')}
                </Button>
              </div>
            ),
          },
        ]
      : []),
  ];
  return <PlainTable caption={t('likeness:library.words')} columns={columns} rows={list} rowKey={({ id }) => id} />;
}

function RemoveDialog({
  meetingId,
  reference,
  onClose,
}: {
  readonly meetingId: MeetingId;
  readonly reference: Reference;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['common', 'likeness']);
  const words = useWords();
  const remove = useRemoveReference(meetingId);
  return (
    <Modal
      open
      width={480}
      title={t('likeness:library.remove.title')}
      okText={t('remove')}
      cancelText={t('cancel')}
      confirmLoading={remove.isPending}
      onOk={() => remove.mutate(reference.id, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p>{t('likeness:library.remove.words', { title: reference.title })}</p>
      {remove.isError && (
        <p className="library-error" role="alert">
          {words.error(remove.error)}
        </p>
      )}
    </Modal>
  );
}
