/** Quiet lines above the paper: why editing stopped or may go on, what was refused, what a paste left out. */
import { Alert, Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { State } from '../../shared/document/lifecycle.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import type { RoomAccess } from '../../shared/protocol/frames.ts';
import { type Dropped, droppedKinds } from '../editor/paste/pasted.ts';
import type { PasteNotice } from '../editor/pasting.ts';
import type { RoomView } from '../room/room-view.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { useWords } from '../ui/use-words.ts';
import { useScrollTo } from './use-scroll-to.ts';

const stateArrivesMs = 1_500;

type LineProps = {
  readonly children: ReactNode;
  readonly title?: string;
  readonly urgent?: boolean;
  readonly action?: ReactNode;
  readonly onClose?: () => void;
};

function Line({ children, title, urgent = false, action, onClose }: LineProps) {
  const { t } = useTranslation('editor');
  return (
    <Alert
      className="notice"
      type={urgent ? 'error' : 'info'}
      title={title ?? children}
      description={title === undefined ? undefined : children}
      action={action}
      closable={onClose === undefined ? false : { onClose, 'aria-label': t('notice.close') }}
      role={urgent ? 'alert' : 'status'}
    />
  );
}

/**
 * The text may no longer be written although it is still being written by others: said when it happens. A change of the
 * document's state explains itself above the paper; it arrives a moment after the change of access, so this waits for it.
 */
export function AccessNotice({ level, state }: { readonly level: RoomAccess; readonly state: State }) {
  const { t } = useTranslation('editor');
  const before = useRef(level);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const wrote = before.current === 'write';
    before.current = level;
    if (level === 'write') setLost(false);
    if (level !== 'read' || !wrote) return;
    const timer = setTimeout(() => setLost(true), stateArrivesMs);
    return () => clearTimeout(timer);
  }, [level]);
  const writing = state === 'drafting' || state === 'returned';
  return lost && writing ? <Line onClose={() => setLost(false)}>{t('access.changed')}</Line> : null;
}

type RefusalProps = { readonly view: RoomView; readonly state: State; readonly onClose: () => void };

/** What was refused and why: words that came too late say what has happened to the text meanwhile. */
export function RefusalNotice({ view, state, onClose }: RefusalProps) {
  const { t } = useTranslation('editor');
  if (view.refused === null) return null;
  const { code } = view.refused;
  const tooLate = code === 'read_only' && (state === 'in_review' || state === 'approved' || state === 'filed');
  return (
    <Line urgent title={t('refused.title')} onClose={onClose}>
      {tooLate ? t(`refused.read_only.${state}`) : t(`refused.${code}`)}
    </Line>
  );
}

type DivergenceProps = { readonly view: RoomView; readonly text: () => string; readonly onRepair: () => void };

/** Page and server hold different texts: what that means, what is safe, and the two ways on. */
export function DivergenceNotice({ view, text, onRepair }: DivergenceProps) {
  const { t } = useTranslation('editor');
  const place = useRef<HTMLDivElement>(null);
  useScrollTo(place, view.diverged ? 1 : 0);
  if (!view.diverged) return null;
  return (
    <div ref={place}>
      <Line urgent title={t('diverged.title')}>
        <p>{view.level === 'write' || view.unsaved ? t('diverged.words') : t('diverged.words.reader')}</p>
        <div className="row">
          <Button type="primary" onClick={onRepair}>
            {t('diverged.repair')}
          </Button>
          <CopyButton text={text} label={t('diverged.copy')} />
        </div>
      </Line>
    </div>
  );
}

/** The connection ended for good, but the text may stay on the page. */
export function EndNotice({ code }: { readonly code: number }) {
  const { t } = useTranslation('editor');
  const reload = <Button onClick={() => window.location.reload()}>{t('end.reload')}</Button>;
  return (
    <Line urgent action={reload}>
      {endWords()}
    </Line>
  );

  function endWords(): string {
    if (code === closeCodes.pageTooOld) return t('end.4426');
    if (code === closeCodes.malformed) return t('end.4400');
    if (code === closeCodes.tooLarge) return t('end.4413');
    return t('end.other', { code });
  }
}

export function PasteLine({ notice, onClose }: { readonly notice: PasteNotice; readonly onClose: () => void }) {
  const { t } = useTranslation('editor');
  const words = useWords();
  return <Line onClose={onClose}>{pasteWords()}</Line>;

  function pasteWords(): string {
    switch (notice.kind) {
      case 'dropped':
        return t('paste.dropped', { list: words.list(droppedWords(notice.dropped)) });
      case 'picture':
        return t('paste.picture');
      case 'file':
        return t('paste.file', { name: notice.name });
      case 'nothing':
        return t('paste.nothing');
      case 'too_long':
        return t('paste.tooLong', { count: notice.characters });
    }
  }

  function droppedWords(dropped: Dropped): string[] {
    return droppedKinds
      .filter((kind) => (dropped[kind] ?? 0) > 0)
      .map((kind) => t(`paste.dropped.${kind}`, { count: dropped[kind] ?? 0 }));
  }
}
