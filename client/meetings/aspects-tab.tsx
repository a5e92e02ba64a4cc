/** 方面 of a meeting: named, ordered and completed until the first text is submitted. Written text is never touched. */
import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../shared/api/meetings.ts';
import { itemNumber } from '../../shared/template/sections.ts';
import type { Aspect } from '../../shared/template/template.ts';
import { useChangeMeeting } from '../api/mutations.ts';
import { SaveRow } from '../ui/save-row.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { addAspect, mostAspects, moveAspect, newAspectKey, removeAspect, renameAspect } from './aspect-list.ts';

const byChance = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);

export function AspectsTab({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation(['common', 'meetings']);
  const { value, dirty, change, discard } = useDraft<readonly Aspect[]>(meeting.aspects);
  const save = useChangeMeeting(meeting.id);
  const [said, setSaid] = useState('');
  const frozen = meeting.aspectsFrozen;

  function move(aspect: Aspect, by: -1 | 1): void {
    const next = moveAspect(value, aspect.key, by);
    change(next);
    setSaid(
      t('meetings:aspect.moved', { title: aspect.title, place: next.findIndex((a) => a.key === aspect.key) + 1 }),
    );
  }

  return (
    <div className="sheet sheet-body">
      {frozen ? (
        <Alert className="meeting-note" type="info" title={t('meetings:aspects.frozen')} />
      ) : (
        <p className="part-words">{t('meetings:aspects.words')}</p>
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <ol>
        {value.map((aspect, index) => (
          <AspectRow
            key={aspect.key}
            aspect={aspect}
            index={index}
            count={value.length}
            frozen={frozen}
            onRename={(part) => change(renameAspect(value, aspect.key, part))}
            onMove={(by) => move(aspect, by)}
            onRemove={() => change(removeAspect(value, aspect.key))}
          />
        ))}
      </ol>
      {!frozen && (
        <>
          <p className="aspect">
            <Button
              icon={<PlusOutlined />}
              disabled={value.length >= mostAspects}
              onClick={() => change(addAspect(value, newAspectKey(byChance)))}
            >
              {t('meetings:aspect.add')}
            </Button>
          </p>
          <SaveRow
            dirty={dirty}
            saving={save.isPending}
            error={save.error}
            invalid={value.some(({ title }) => title.trim() === '') ? t('meetings:aspect.titleMissing') : undefined}
            onSave={() => save.mutate({ aspects: [...value] }, { onSuccess: discard })}
            onDiscard={() => {
              discard();
              save.reset();
            }}
          />
          <UnsavedGuard dirty={dirty} />
        </>
      )}
    </div>
  );
}

function AspectRow({
  aspect,
  index,
  count,
  frozen,
  onRename,
  onMove,
  onRemove,
}: {
  readonly aspect: Aspect;
  readonly index: number;
  readonly count: number;
  readonly frozen: boolean;
  readonly onRename: (part: Partial<Omit<Aspect, 'key'>>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation(['common', 'meetings']);
  const number = itemNumber('chinese', index + 1);

  /** Alt and an arrow move the aspect the cursor is in. */
  function onKeyDown(event: KeyboardEvent): void {
    if (!event.altKey || frozen || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  }

  return (
    <li className="aspect">
      <span className="aspect-number">{number}</span>
      {frozen ? (
        <div className="aspect-fields">
          <p className="aspect-title-plain">{aspect.title}</p>
          {aspect.long !== '' && <p className="secondary">{aspect.long}</p>}
        </div>
      ) : (
        <>
          <div className="aspect-fields aspect-inputs">
            <AspectField
              share="title"
              label={t('meetings:aspect.title')}
              max={60}
              value={aspect.title}
              onKeyDown={onKeyDown}
              onChange={(title) => onRename({ title })}
            />
            <AspectField
              share="tag"
              label={t('meetings:aspect.tag')}
              max={20}
              value={aspect.tag}
              onKeyDown={onKeyDown}
              onChange={(tag) => onRename({ tag })}
            />
            <AspectField
              share="whole"
              label={t('meetings:aspect.long')}
              max={400}
              value={aspect.long}
              onKeyDown={onKeyDown}
              onChange={(long) => onRename({ long })}
            />
          </div>
          <div className="aspect-acts">
            <Button
              type="text"
              icon={<ArrowUpOutlined />}
              disabled={index === 0}
              aria-label={`${number}${t('moveUp')}`}
              onClick={() => onMove(-1)}
            />
            <Button
              type="text"
              icon={<ArrowDownOutlined />}
              disabled={index === count - 1}
              aria-label={`${number}${t('moveDown')}`}
              onClick={() => onMove(1)}
            />
            <Button
              type="text"
              icon={<CloseOutlined />}
              disabled={count === 1}
              aria-label={`${number}${t('remove')}`}
              onClick={onRemove}
            />
          </div>
        </>
      )}
    </li>
  );
}

function AspectField({
  label,
  value,
  max,
  share,
  onChange,
  onKeyDown,
}: {
  readonly label: string;
  readonly value: string;
  readonly max: number;
  /** How much of the line it takes; a whole line is a text of several. */
  readonly share: 'title' | 'tag' | 'whole';
  readonly onChange: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field stands inside its label
    <label data-share={share}>
      <span>{label}</span>
      {share === 'whole' ? (
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={max}
          value={value}
          onKeyDown={onKeyDown}
          onChange={(event) => onChange(event.target.value.replace(/\n/g, ''))}
        />
      ) : (
        <Input maxLength={max} value={value} onKeyDown={onKeyDown} onChange={(event) => onChange(event.target.value)} />
      )}
    </label>
  );
}
