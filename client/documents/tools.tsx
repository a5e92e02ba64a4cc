/** The few things that can be done to words, for hands that prefer the mouse. The caret stays where it is. */
import { BoldOutlined, OrderedListOutlined, RedoOutlined, SearchOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../editor/desk.ts';
import { toggleItem, toggleStrong } from '../editor/keys.ts';

const stay = (event: MouseEvent) => event.preventDefault();

export function Tools({
  desk,
  writable,
  onFind,
}: {
  readonly desk: Desk;
  readonly writable: boolean;
  readonly onFind: () => void;
}) {
  const { t } = useTranslation('editor');
  const tool = (label: string, keys: string, icon: ReactNode, act: () => void) => (
    <Button type="text" icon={icon} title={`${label}（${keys}）`} aria-label={label} onMouseDown={stay} onClick={act} />
  );
  return (
    <div className="tools" role="toolbar" aria-label={t('tools.label')}>
      {writable && (
        <>
          {tool(t('tools.strong'), 'Ctrl+B', <BoldOutlined />, () => desk.run(toggleStrong))}
          {tool(t('tools.item'), 'Ctrl+Shift+7', <OrderedListOutlined />, () => desk.run(toggleItem))}
          {tool(t('tools.undo'), 'Ctrl+Z', <UndoOutlined />, () => desk.history.undo())}
          {tool(t('tools.redo'), 'Ctrl+Y', <RedoOutlined />, () => desk.history.redo())}
        </>
      )}
      {tool(t('tools.find'), 'Ctrl+F', <SearchOutlined />, onFind)}
    </div>
  );
}
