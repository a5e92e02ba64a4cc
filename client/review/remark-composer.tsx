/** Writing a remark about selected words. Ctrl+Enter saves, Esc puts it aside with its words. */
import { Alert, Button, Input, Segmented } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea.js';
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { remarkKinds } from '../../shared/api/remarks.ts';
import { usePhrases } from '../api/desk.ts';
import { useRemark } from '../api/mutations.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useWords } from '../ui/use-words.ts';
import { submitOnCtrlEnter } from './act-dialog.tsx';
import { PhraseChips } from './phrase-chips.tsx';
import { putAside, type RemarkDraft, useRemarkDraft, withPhrase } from './remark-draft.ts';

export function RemarkComposer({ draft }: { readonly draft: RemarkDraft }) {
  const { t } = useTranslation(['review', 'desk']);
  const { document, clearAnchor, setActiveRemarkId } = useDocumentContext();
  const { setDraft } = useRemarkDraft();
  const words = useWords();
  const send = useRemark(document.id);
  const phrases = usePhrases().data?.phrases ?? [];
  const field = useRef<TextAreaRef>(null);
  const { blockId, from, to } = draft.anchor;
  // A new place in the text brings the focus here; also the first one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is the occasion
  useEffect(() => field.current?.focus({ cursor: 'end' }), [blockId, from, to]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.words.trim() === '' || send.isPending) return;
    send.mutate(
      { anchor: draft.anchor, words: draft.words, kind: draft.kind, basis: draft.basis },
      {
        onSuccess: ({ remark }) => {
          setDraft(null);
          clearAnchor();
          setActiveRemarkId(remark.id);
        },
      },
    );
  };
  const keys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      setDraft(putAside(draft));
      return;
    }
    // Alt with a number; the number alone is a figure in what is being written.
    const phrase = event.altKey ? phrases[Number(/^Digit([1-9])$/.exec(event.code)?.[1] ?? 0) - 1] : undefined;
    if (phrase !== undefined) {
      event.preventDefault();
      setDraft(withPhrase(draft, phrase));
      return;
    }
    submitOnCtrlEnter(event);
  };

  return (
    <form className="composer" aria-label={t('compose.title')} onSubmit={submit} onKeyDown={keys}>
      <blockquote className="remark-quote">{draft.anchor.quote}</blockquote>
      <Segmented
        size="small"
        block
        className="composer-kind"
        aria-label={t('desk:kind')}
        value={draft.kind}
        onChange={(kind) => setDraft({ ...draft, kind })}
        options={remarkKinds.map((kind) => ({ value: kind, label: t(`desk:kind.${kind}`) }))}
      />
      <Input.TextArea
        ref={field}
        value={draft.words}
        maxLength={2000}
        autoSize={{ minRows: 3, maxRows: 12 }}
        aria-label={t('compose.title')}
        placeholder={t('compose.placeholder')}
        onChange={(event) => setDraft({ ...draft, words: event.target.value })}
      />
      <Input
        className="composer-basis"
        value={draft.basis}
        maxLength={60}
        aria-label={t('desk:basis.label')}
        placeholder={t('desk:basis.placeholder')}
        onChange={(event) => setDraft({ ...draft, basis: event.target.value })}
      />
      {send.isError && <Alert type="error" role="alert" title={words.error(send.error)} />}
      <p className="secondary composer-hint">{t('compose.hint')}</p>
      <div className="composer-acts">
        <Button type="text" onClick={() => setDraft(null)}>
          {t('compose.discard')}
        </Button>
        <Button type="primary" htmlType="submit" loading={send.isPending} disabled={draft.words.trim() === ''}>
          {t('compose.save')}
        </Button>
      </div>
      <PhraseChips
        onTake={(phrase) => {
          setDraft(withPhrase(draft, phrase));
          field.current?.focus({ cursor: 'end' });
        }}
      />
    </form>
  );
}
