/**
 * The frame of every dialog of an act: one question, one confirming button. Enter confirms (Ctrl+Enter where words are
 * written), Esc steps back, a refusal is said in place and the dialog stays with its words.
 */
import { Alert, Button, Modal } from 'antd';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../ui/use-words.ts';

type Props = {
  readonly title: string;
  readonly confirm: string;
  /** Does the act; what it throws is shown, when it resolves the dialog closes. */
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly disabled?: boolean;
  readonly width?: number;
  /** Another way to say a refusal, where a dialog knows more; undefined leaves it to the common words. */
  readonly explain?: (error: unknown) => ReactNode | undefined;
  readonly children: ReactNode;
};

export function ActDialog({ title, confirm, onConfirm, onClose, disabled = false, width, explain, children }: Props) {
  const { t } = useTranslation('review');
  const words = useWords();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!disabled && !busy) void send();
  };

  // The first field to fill in, or else the confirming button, also when it is enabled only later: Enter alone is enough
  // where nothing is asked.
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!shown) return;
    const field = form.current?.querySelector<HTMLElement>('[data-first] input, [data-first] textarea');
    if (field === null || field === undefined) {
      if (!disabled) form.current?.querySelector<HTMLElement>('button[type="submit"]')?.focus();
    } else if (!form.current?.contains(document.activeElement)) field.focus();
  }, [shown, disabled]);

  return (
    <Modal open title={title} footer={null} onCancel={onClose} width={width ?? 520} afterOpenChange={setShown}>
      <form ref={form} className="act-dialog" onSubmit={submit} onKeyDown={submitOnCtrlEnter}>
        {children}
        {error !== undefined && (
          <Alert
            className="act-dialog-error"
            type="error"
            role="alert"
            title={explain?.(error) ?? words.error(error)}
          />
        )}
        <div className="act-dialog-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy} disabled={disabled}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Ctrl+Enter (or Cmd+Enter) in a field of words sends the form it is in. */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

type FieldProps = {
  readonly label: string;
  /** The field that has the focus when the dialog opens. */
  readonly first?: boolean;
  readonly children: (id: string) => ReactNode;
};

/** One field of a dialog under its label. */
export function Field({ label, first = false, children }: FieldProps) {
  const id = useId();
  return (
    <div className="act-dialog-field" data-first={first ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
