/** 审阅台: the texts submitted to me, the most urgent first; J and K move, Enter opens. */
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { WorkItem } from '../../shared/api/work.ts';
import type { MeetingId } from '../../shared/ids.ts';
import { useWork } from '../api/queries.ts';
import { dayOf, daysUntil } from '../ui/days.ts';
import { Page } from '../ui/page.tsx';
import { useOpenCounts } from '../ui/use-open-counts.ts';
import { oneLine, useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { useDecisions } from './decisions.tsx';
import { KeyHelp } from './key-help.tsx';
import { documentPath, sideBySidePath } from './paths.ts';
import { PhrasesDialog } from './phrases-dialog.tsx';
import { reviewQueue } from './queue-order.ts';
import './review.css';
import { useKeys } from './use-keys.ts';

export function ReviewQueuePage() {
  const { t } = useTranslation('review');
  const work = useWork();
  const count = work.data === undefined ? undefined : reviewQueue(work.data).length;
  return (
    <Page
      title={t('queue.title')}
      lead={count === undefined || count === 0 ? undefined : t('queue.lead', { count })}
      acts={<QueueActs meetings={[...new Set((work.data ?? []).map(({ meetingId }) => meetingId))]} />}
    >
      <div className="sheet">
        <Loaded query={work}>{(items) => <Queue items={reviewQueue(items)} />}</Loaded>
      </div>
    </Page>
  );
}

/** Beside the title: the same section of all side by side (S), my stock phrases (B), the keys (?). */
function QueueActs({ meetings }: { readonly meetings: readonly MeetingId[] }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const [managing, setManaging] = useState(false);
  const [meeting] = meetings;
  const beside = () => meeting !== undefined && navigate(sideBySidePath(meeting, undefined));
  const manage = () => {
    setManaging(true);
    return true;
  };
  useKeys({ s: beside, b: manage });
  return (
    <>
      {meeting !== undefined && (
        <Button type="text" title="S" onClick={() => void beside()}>
          {t('beside.open')}
        </Button>
      )}
      <Button type="text" title="B" onClick={manage}>
        {t('phrases.title')}
      </Button>
      <KeyHelp button />
      {managing && <PhrasesDialog onClose={() => setManaging(false)} />}
    </>
  );
}

function Queue({ items }: { readonly items: readonly WorkItem[] }) {
  const { t } = useTranslation('review');
  const navigate = useNavigate();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLTableSectionElement>(null);
  const marked = Math.min(at, items.length - 1);
  const move = (step: 1 | -1): boolean => {
    if (items.length === 0) return false;
    setAt(Math.max(0, Math.min(items.length - 1, marked + step)));
    return true;
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => {
      const item = items[marked];
      // A focused link or button answers Enter itself.
      if (item === undefined || document.activeElement?.closest('a, button') !== null) return false;
      void navigate(documentPath(item.documentId));
      return true;
    },
  });
  useEffect(() => {
    list.current?.children[marked]?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  if (items.length === 0) {
    return (
      <Nothing title={t('queue.empty')} action={<Link to="/meetings">{t('queue.empty.meetings')}</Link>}>
        {t('queue.empty.words')}
      </Nothing>
    );
  }
  return (
    <table className="queue">
      <thead>
        <tr>
          <th scope="col">{t('queue.author')}</th>
          <th scope="col">{t('queue.document')}</th>
          <th scope="col">{t('queue.round')}</th>
          <th scope="col" className="queue-number">
            {t('queue.length')}
          </th>
          <th scope="col" className="queue-number">
            {t('queue.open')}
          </th>
          <th scope="col">{t('queue.since')}</th>
        </tr>
      </thead>
      <tbody ref={list}>
        {items.map((item, index) => (
          <QueueRow key={item.documentId} item={item} marked={index === marked} onMark={() => setAt(index)} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { readonly item: WorkItem; readonly marked: boolean; readonly onMark: () => void };

function QueueRow({ item, marked, onMark }: RowProps) {
  const { t } = useTranslation(['review', 'common', 'desk']);
  const navigate = useNavigate();
  const words = useWords();
  const openCounts = useOpenCounts();
  const waited = -daysUntil(dayOf(new Date(item.since)), dayOf(new Date()));
  const path = documentPath(item.documentId);
  const hours = Math.floor((Date.now() - Date.parse(item.since)) / 3_600_000);
  const pending = useDecisions().pendingOn(item.documentId);
  return (
    // The row is a larger target for the mouse; its link is the control for keyboard and screen reader.
    <tr className="queue-row" data-marked={marked} onMouseMove={onMark} onClick={() => void navigate(path)}>
      <td className="queue-author">
        <Link to={path} onFocus={onMark} onClick={(event) => event.stopPropagation()}>
          {item.documentKind === 'team' ? t('queue.team') : item.ownerName}
        </Link>
        {pending !== undefined && <span className="queue-decided">{t(`desk:queue.${pending.verdict.act}`)}</span>}
      </td>
      <td>
        <span>{t(`common:kind.${item.documentKind}`)}</span>
        <span className="queue-meeting secondary">{oneLine(item.meetingTitle)}</span>
      </td>
      <td>{t('common:round.nth', { round: item.round })}</td>
      <td className="queue-number numbers">{t('queue.characters', { count: item.characters })}</td>
      <td className="queue-number numbers">{openCounts(item) || '—'}</td>
      <td>
        <span>{words.moment(item.since)}</span>
        {waited > 0 && <span className="queue-waiting">{t('queue.waiting', { count: waited })}</span>}
        {waited <= 0 && hours > 0 && <span className="queue-waiting">{t('desk:queue.hours', { count: hours })}</span>}
      </td>
    </tr>
  );
}
