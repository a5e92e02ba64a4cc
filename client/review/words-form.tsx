/** A small field of words inside a remark: a reply, a fate's explanation. Ctrl+Enter sends, Esc closes and keeps the words. */
import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea.js';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useWords } from '../ui/use-words.ts';
import { submitOnCtrlEnter } from './act-dialog.tsx';
import { useDraft } from './drafts.ts';

type Props = {
  /** Under which name the unsent words are kept. */
  readonly kind: string;
  readonly label: string;
  readonly confirm: string;
  readonly required: boolean;
  /** What stands in the field until something else was written. */
  readonly initial?: string;
  /** Another way to say a refusal; undefined leaves it to the common words. */
  readonly explain?: (error: unknown) => string | undefined;
  readonly onSend: (words: string) => Promise<unknown>;
  readonly onClose: () => void;
};

export function WordsForm({ kind, label, confirm, required, initial = '', explain, onSend, onClose }: Props) {
  const { t } = useTranslation('review');
  const words = useWords();
  const [draft, setDraft] = useDraft(kind, z.string());
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const field = useRef<TextAreaRef>(null);
  useEffect(() => field.current?.focus({ cursor: 'end' }), []);
  const text = draft ?? initial;
  const missing = required && text.trim() === '';

  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onSend(text);
      setDraft(null);
      onClose();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!missing && !busy) void send();
  };
  const keys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    submitOnCtrlEnter(event);
  };
  return (
    <form className="words-form" onSubmit={submit} onKeyDown={keys}>
      <Input.TextArea
        ref={field}
        value={text}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 10 }}
        aria-label={label}
        placeholder={label}
        onChange={(event) => setDraft(event.target.value === initial ? null : event.target.value)}
      />
      {error !== undefined && (
        <p className="remark-error" role="alert">
          {explain?.(error) ?? words.error(error)}
        </p>
      )}
      <div className="composer-acts">
        <Button size="small" type="text" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button size="small" type="primary" htmlType="submit" loading={busy} disabled={missing} title="Ctrl+Enter">
          {confirm}
        </Button>
      </div>
    </form>
  );
}
