/** What a reader may do with the page itself, for the mouse: large type, the same section of all, stock phrases, keys. */
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDocumentContext } from '../documents/document-context.ts';
import { sideBySidePath } from './paths.ts';
import { PhrasesDialog } from './phrases-dialog.tsx';
import { useKeys } from './use-keys.ts';
import type { useReadingMode } from './use-reading-mode.ts';

export function ReaderMenu({ reading }: { readonly reading: ReturnType<typeof useReadingMode> }) {
  const { t } = useTranslation('desk');
  const { document, topBlock } = useDocumentContext();
  const navigate = useNavigate();
  const [managing, setManaging] = useState(false);
  const manage = () => {
    setManaging(true);
    return true;
  };
  useKeys({ b: manage });
  const items = [
    { key: 'L', label: reading.on ? t('reading.normal') : t('reading.large'), onClick: () => void reading.toggle() },
    {
      key: 'S',
      label: t('beside.open'),
      onClick: () => void navigate(sideBySidePath(document.meetingId, topBlock()?.sectionKey)),
    },
    { key: 'B', label: t('phrases.title'), onClick: () => void manage() },
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items: items.map((item) => ({ ...item, extra: item.key })) }}>
        <Button type="text">{t('reader.menu')}</Button>
      </Dropdown>
      {managing && <PhrasesDialog onClose={() => setManaging(false)} />}
    </>
  );
}
