/** 查找 across all sections: how many, next, previous. Esc closes it and puts the caret where the last find was. */
import { CloseOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../editor/desk.ts';
import type { TextFacts } from '../editor/text-facts.ts';

type Props = { readonly desk: Desk; readonly facts: TextFacts; readonly asked: number; readonly onClose: () => void };

/** `asked` grows with every Ctrl+F, which brings the focus back here. */
export function FindBar({ desk, facts, asked, onClose }: Props) {
  const { t } = useTranslation('editor');
  const input = useRef<InputRef>(null);
  const [query, setQuery] = useState('');
  const [count, setCount] = useState(0);
  const [current, setCurrent] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every request focuses anew
  useEffect(() => input.current?.focus({ cursor: 'all' }), [asked]);
  // The text changes under the search: it is looked through again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const found = desk.find(query);
    setCount(found.length);
    setCurrent((before) => Math.min(before, found.length));
  }, [desk, query, facts]);
  useEffect(() => () => desk.endFind(), [desk]);

  const step = (by: 1 | -1) => {
    const found = desk.find(query);
    if (found.length === 0) return;
    const next = current === 0 ? (by === 1 ? 1 : found.length) : ((current - 1 + by + found.length) % found.length) + 1;
    const place = found[next - 1];
    if (place !== undefined) desk.show(place);
    setCurrent(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
  };

  return (
    // Keys of the field and of its buttons alike.
    <search className="find-bar" onKeyDown={onKeyDown}>
      <Input
        ref={input}
        value={query}
        aria-label={t('find.label')}
        placeholder={t('find.placeholder')}
        onChange={(event) => {
          setQuery(event.target.value);
          setCurrent(0);
        }}
      />
      <span className="find-count numbers" role="status">
        {query.trim() === '' ? '' : findWords(count, current)}
      </span>
      <Button type="text" icon={<UpOutlined />} aria-label={t('find.previous')} onClick={() => step(-1)} />
      <Button type="text" icon={<DownOutlined />} aria-label={t('find.next')} onClick={() => step(1)} />
      <Button type="text" icon={<CloseOutlined />} aria-label={t('find.close')} onClick={onClose} />
    </search>
  );

  function findWords(all: number, nth: number): string {
    if (all === 0) return t('find.none');
    return nth === 0 ? t('find.total', { count: all }) : t('find.count', { current: nth, count: all });
  }
}
