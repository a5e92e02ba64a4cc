/** Where the text is, in a few words: 本机已存 → 已入库 n 字 · 17:42. Says no more than is true at this moment. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SaveState } from '../room/save-state.ts';

function clockTime(at: number): string {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

export function saveWords(save: SaveState, kept: boolean, t: TFunction<'editor'>): string {
  switch (save.state) {
    case 'connecting':
      return t('save.connecting');
    case 'offline':
      return t('save.offline');
    case 'local':
      if (save.online) return t('save.local.online');
      return save.kept ? t('save.local') : t('save.local.unkept');
    case 'storing':
      if (!save.late) return t('save.storing');
      return kept ? t('save.late') : t('save.late.unkept');
    case 'stored':
      return save.at === null
        ? t('save.stored', { count: save.characters })
        : t('save.stored.at', { count: save.characters, time: clockTime(save.at) });
    case 'read_only':
      return save.online ? t('save.readOnly') : t('save.readOnly.offline');
    case 'stopped':
      return t('save.stopped');
  }
}

/** States somebody must notice: they are also read out. */
function isTrouble(save: SaveState): boolean {
  if (save.state === 'storing') return save.late;
  return save.state === 'stopped' || save.state === 'offline' || (save.state === 'local' && !save.online);
}

export function SaveBadge({ save, kept }: { readonly save: SaveState; readonly kept: boolean }) {
  const { t } = useTranslation('editor');
  const words = saveWords(save, kept, t);
  const trouble = isTrouble(save);
  return (
    <span className="save-badge numbers" data-save={save.state} data-trouble={trouble} title={t('save.title')}>
      {words}
      <span className="visually-hidden" role="status">
        {trouble ? words : ''}
      </span>
    </span>
  );
}
