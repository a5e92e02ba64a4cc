/** The right rail, 批注 and 版本: beside the paper where there is room, drawn out or laid over it where there is not. */
import { CloseOutlined } from '@ant-design/icons';
import { Button, Drawer, Tabs } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LikenessLabel, LikenessRail } from '../likeness/likeness-rail.tsx';
import { RemarksRail } from '../review/remarks-rail.tsx';
import { VersionsRail } from '../review/versions-rail.tsx';
import { type RailTab, railTabs, useDocumentContext } from './document-context.ts';
import { useFits } from './use-wide.ts';

export type Rail = {
  readonly tab: RailTab;
  /** Where it stands: always there, drawn out beside the paper, laid over it, or put away. */
  readonly place: 'column' | 'drawn' | 'over' | 'away';
  readonly open: (tab: RailTab) => void;
  readonly close: () => void;
};

export function useRail(): Rail {
  const [tab, setTab] = useState<Rail['tab']>('remarks');
  const [shown, setShown] = useState(false);
  const fits = useFits('rail');
  const fitsDrawn = useFits('drawnRail');
  const open = useCallback((next: Rail['tab']) => {
    setTab(next);
    setShown(true);
  }, []);
  const close = useCallback(() => setShown(false), []);
  const place = fits ? 'column' : shown ? (fitsDrawn ? 'drawn' : 'over') : 'away';
  return useMemo(() => ({ tab, place, open, close }), [tab, place, open, close]);
}

export function RailColumn({ rail }: { readonly rail: Rail }) {
  const { t } = useTranslation('editor');
  const { place, tab, open, close } = rail;
  // Who writes or reviews the text; the server asks the same table.
  const told = useDocumentContext().document.may.includes('export_draft');
  const away =
    place === 'drawn' ? (
      <Button type="text" icon={<CloseOutlined />} aria-label={t('page.closeRail')} onClick={close} />
    ) : undefined;
  const tabs = (
    <Tabs
      className="rail-tabs"
      activeKey={tab}
      onChange={(key) => open(railTabs.find((each) => each === key) ?? 'remarks')}
      tabBarExtraContent={away}
      items={[
        { key: 'remarks', label: t('page.remarks'), children: <RemarksRail /> },
        { key: 'versions', label: t('page.versions'), children: <VersionsRail /> },
        ...(told ? [{ key: 'likeness', label: <LikenessLabel />, children: <LikenessRail /> }] : []),
      ]}
    />
  );
  if (place === 'column' || place === 'drawn') {
    return (
      <aside className="document-rail" aria-label={t('page.rail')}>
        {tabs}
      </aside>
    );
  }
  // Without a mask: the text stays at hand while remarks are read and written.
  return (
    <Drawer
      open={place === 'over'}
      placement="right"
      size={360}
      mask={false}
      title={t('page.rail')}
      onClose={close}
      styles={{ body: { padding: 0 } }}
    >
      {tabs}
    </Drawer>
  );
}
