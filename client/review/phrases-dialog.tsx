/** The list of stock phrases (常用批语), changed as a whole: words, kind, basis, order. The first nine answer to number keys. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostPhrases, type Phrase } from '../../shared/api/phrases.ts';
import { remarkKinds } from '../../shared/api/remarks.ts';
import { usePhrases, useReplacePhrases } from '../api/desk.ts';
import { Waiting } from '../ui/view-state.tsx';
import { ActDialog } from './act-dialog.tsx';
import { keyedPhrases, moved, type Row, rowsOf } from './phrase-rows.ts';

export function PhrasesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('desk');
  const phrases = usePhrases().data?.phrases;
  const send = useReplacePhrases();
  const [changed, setChanged] = useState<readonly Row[] | null>(null);
  const rows = changed ?? (phrases === undefined ? [] : rowsOf(phrases));
  const kept = rows.map(({ phrase }) => phrase).filter(({ words }) => words.trim() !== '');
  const change = (id: number, more: Partial<Phrase>) =>
    setChanged(rows.map((row) => (row.id === id ? { ...row, phrase: { ...row.phrase, ...more } } : row)));
  const add = () => {
    const id = Math.max(0, ...rows.map((row) => row.id)) + 1;
    setChanged([...rows, { id, phrase: { words: '', kind: 'suggestion', basis: '' } }]);
  };
  return (
    <ActDialog
      title={t('phrases.title')}
      confirm={t('phrases.save')}
      onClose={onClose}
      onConfirm={() => send.mutateAsync({ phrases: kept })}
      disabled={phrases === undefined}
      width={760}
    >
      <p className="secondary">{t('phrases.words')}</p>
      {phrases === undefined && <Waiting lines={4} />}
      <ol className="phrase-rows">
        {rows.map(({ id, phrase }, index) => (
          <li key={id}>
            <span className="phrase-number numbers">{index < keyedPhrases ? index + 1 : ''}</span>
            <Select
              value={phrase.kind}
              aria-label={t('kind')}
              options={remarkKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              onChange={(kind) => change(id, { kind })}
            />
            <Input
              value={phrase.words}
              maxLength={500}
              aria-label={t('phrases.one')}
              placeholder={t('phrases.one')}
              onChange={(event) => change(id, { words: event.target.value })}
            />
            <Input
              className="phrase-basis"
              value={phrase.basis}
              maxLength={60}
              aria-label={t('basis.label')}
              placeholder={t('basis.short')}
              onChange={(event) => change(id, { basis: event.target.value })}
            />
            <Button
              type="text"
              icon={<ArrowUpOutlined />}
              aria-label={t('phrases.up')}
              disabled={index === 0}
              onClick={() => setChanged(moved(rows, index, -1))}
            />
            <Button
              type="text"
              icon={<ArrowDownOutlined />}
              aria-label={t('phrases.down')}
              disabled={index === rows.length - 1}
              onClick={() => setChanged(moved(rows, index, 1))}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('phrases.remove')}
              onClick={() => setChanged(rows.filter((row) => row.id !== id))}
            />
          </li>
        ))}
      </ol>
      <Button disabled={rows.length >= mostPhrases} onClick={add}>
        {t('phrases.add')}
      </Button>
    </ActDialog>
  );
}
