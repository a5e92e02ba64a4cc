/** The fields of a library text: kind, for whom, title, and its words, typed, pasted or read from a file. */
import { Alert, Button, Form, Input, Radio, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  mostReferenceLength,
  type ReferenceKind,
  type ReferenceScope,
  referenceKinds,
  referenceScopes,
} from '../../shared/api/references.ts';
import { err } from '../../shared/result.ts';
import { mostDocxBytes } from './read-docx.ts';
import { type FileTrouble, readFile } from './read-file.ts';

export type ReferenceDraft = {
  readonly kind: ReferenceKind;
  readonly scope: ReferenceScope;
  readonly title: string;
  readonly text: string;
};

export const emptyDraft: ReferenceDraft = { kind: 'notice', scope: 'meeting', title: '', text: '' };

export function isComplete({ title, text }: ReferenceDraft): boolean {
  return title.trim() !== '' && text.trim() !== '';
}

type Props = { readonly value: ReferenceDraft; readonly onChange: (change: Partial<ReferenceDraft>) => void };

export function ReferenceFields({ value, onChange }: Props) {
  const { t } = useTranslation('likeness');
  return (
    <Form layout="vertical" requiredMark={false}>
      <div className="fields-pair">
        <Form.Item label={t('library.kind')} htmlFor="reference-kind">
          <Select
            id="reference-kind"
            value={value.kind}
            onChange={(kind) => onChange({ kind })}
            options={referenceKinds.map((kind) => ({ value: kind, label: t(`referenceKind.${kind}`) }))}
          />
        </Form.Item>
        <Form.Item label={t('library.scope')}>
          <Radio.Group
            aria-label={t('library.scope')}
            value={value.scope}
            // antd's group hands back the value of one of its options.
            onChange={(event) => onChange({ scope: event.target.value as ReferenceScope })}
            options={referenceScopes.map((scope) => ({ value: scope, label: t(`scope.${scope}`) }))}
          />
        </Form.Item>
      </div>
      <Form.Item label={t('library.title')} htmlFor="reference-title" required>
        <Input
          id="reference-title"
          maxLength={120}
          value={value.title}
          onChange={(event) => onChange({ title: event.target.value })}
        />
      </Form.Item>
      <Form.Item
        label={t('library.text')}
        htmlFor="reference-text"
        required
        extra={
          value.kind === 'phrases'
            ? t('library.phrases.words')
            : t('library.text.words', { count: mostReferenceLength })
        }
      >
        <Input.TextArea
          id="reference-text"
          rows={12}
          maxLength={mostReferenceLength}
          spellCheck={false}
          value={value.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      </Form.Item>
      <FileField
        onText={(text, name) => onChange(value.title.trim() === '' ? { text, title: name.slice(0, 120) } : { text })}
      />
    </Form>
  );
}

/** The file's name without its ending becomes the title where there is none. */
function FileField({ onText }: { readonly onText: (text: string, name: string) => void }) {
  const { t } = useTranslation('likeness');
  const input = useRef<HTMLInputElement>(null);
  const [trouble, setTrouble] = useState<FileTrouble | undefined>(undefined);
  async function read(file: File): Promise<void> {
    // Not even brought into memory when it cannot be one.
    const words =
      file.size > mostDocxBytes ? err('too_large' as const) : readFile(new Uint8Array(await file.arrayBuffer()));
    if (!words.ok) return setTrouble(words.error);
    setTrouble(undefined);
    onText(words.value, file.name.replace(/\.[^.]*$/, ''));
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".txt,.docx,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('library.file')}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file can be chosen a second time.
          event.target.value = '';
          if (file !== undefined) void read(file);
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('library.file')}</Button>
      {trouble !== undefined && (
        <Alert
          className="library-trouble"
          type="warning"
          role="alert"
          title={t(`library.file.${trouble}`, { count: mostReferenceLength })}
        />
      )}
    </>
  );
}
