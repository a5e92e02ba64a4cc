/** The right rail with its tabs: beside the paper where there is room, drawn out or laid over it where there is not. */
import { CloseOutlined } from '@ant-design/icons';
import { Button, Drawer, Tabs } from 'antd';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChecks } from '../checks/checks-context.ts';
import { ChecksRail } from '../checks/checks-rail.tsx';
import { HandRail } from '../hand/hand-rail.tsx';
import { LikenessLabel, LikenessRail } from '../likeness/likeness-rail.tsx';
import { ProposalsRail } from '../proposals/proposals-rail.tsx';
import { RemarksRail } from '../review/remarks-rail.tsx';
import { VersionsRail } from '../review/versions-rail.tsx';
import { type RailTab, useDocumentContext } from './document-context.ts';
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

/** With `children` those stand in the rail, without tabs. */
export function RailColumn({ rail, children }: { readonly rail: Rail; readonly children?: ReactNode }) {
  const { t } = useTranslation('editor');
  const { place, close } = rail;
  const away =
    place === 'drawn' ? (
      <Button type="text" icon={<CloseOutlined />} aria-label={t('page.closeRail')} onClick={close} />
    ) : undefined;
  const tabs = children ?? <RailTabs rail={rail} />;
  if (place === 'column' || place === 'drawn') {
    return (
      <aside className="document-rail" aria-label={t('page.rail')}>
        {away !== undefined && <div className="rail-away">{away}</div>}
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

function RailTabs({ rail: { tab, open } }: { readonly rail: Rail }) {
  const { t } = useTranslation(['editor', 'checks', 'hand']);
  const { document } = useDocumentContext();
  const { wanted, list } = useChecks();
  const asked = list?.count ?? 0;
  const items: readonly { key: RailTab; label: ReactNode; children: ReactNode }[] = [
    { key: 'remarks', label: t('page.remarks'), children: <RemarksRail /> },
    { key: 'proposals', label: t('page.proposals'), children: <ProposalsRail /> },
    ...(wanted
      ? [
          {
            key: 'checks' as const,
            label: asked === 0 ? t('checks:tab') : t('checks:tab.count', { count: asked }),
            children: <ChecksRail />,
          },
        ]
      : []),
    // Who writes or reviews the text; the server asks the same table.
    ...(document.may.includes('export_draft')
      ? [{ key: 'likeness' as const, label: <LikenessLabel />, children: <LikenessRail /> }]
      : []),
    { key: 'versions', label: t('page.versions'), children: <VersionsRail /> },
    ...(document.may.includes('authorship')
      ? [{ key: 'hand' as const, label: t('hand:tab'), children: <HandRail /> }]
      : []),
  ];
  return (
    <Tabs
      className="rail-tabs"
      tabBarGutter={0}
      activeKey={tab}
      onChange={(key) => open(items.find((item) => item.key === key)?.key ?? 'remarks')}
      items={[...items]}
    />
  );
}
