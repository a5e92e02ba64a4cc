/** The board: person × text × state × round × since when × whom it waits for. It shows no text and ranks nobody. */
import { Button } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BoardRow, Meeting } from '../../shared/api/meetings.ts';
import { useBoard } from '../api/queries.ts';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useOpenCounts } from '../ui/use-open-counts.ts';
import { oneLine, useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { FinalTextActs } from './final-text-acts.tsx';

export function Board({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation(['common', 'meetings']);
  const board = useBoard(meeting.id);
  return (
    <div className="sheet">
      <Loaded query={board}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing title={t('meetings:board.nothing')}>{t('meetings:board.nothing.words')}</Nothing>
          ) : (
            <BoardTable meeting={meeting} rows={rows} />
          )
        }
      </Loaded>
    </div>
  );
}

function BoardTable({ meeting, rows }: { readonly meeting: Meeting; readonly rows: readonly BoardRow[] }) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  const openCounts = useOpenCounts();
  const columns: readonly Column<BoardRow>[] = [
    {
      key: 'person',
      head: t('meetings:field.person'),
      names: true,
      cell: ({ owner }) =>
        owner === null ? (
          <span className="board-person">{t('meetings:board.team')}</span>
        ) : (
          <>
            <span className="board-person">{owner.name}</span>
            <div className="secondary">{owner.duty}</div>
          </>
        ),
    },
    { key: 'text', head: t('meetings:field.text'), width: '14em', cell: ({ title }) => oneLine(title) },
    {
      key: 'state',
      head: t('meetings:field.state'),
      nowrap: true,
      cell: (row) => (
        <>
          <StateBadge state={row.state} />
          <StateNote row={row} submitBy={meeting.submitBy} />
        </>
      ),
    },
    {
      key: 'round',
      head: t('meetings:field.round'),
      nowrap: true,
      cell: ({ round }) => (round === 0 ? t('round.none') : t('round.nth', { round })),
    },
    { key: 'since', head: t('meetings:field.since'), nowrap: true, cell: ({ since }) => words.moment(since) },
    {
      key: 'waits',
      head: t('meetings:field.waitsFor'),
      width: '10em',
      cell: (row) => <WaitsFor row={row} />,
    },
    {
      key: 'open',
      head: t('meetings:field.open'),
      nowrap: true,
      numeric: true,
      cell: (row) =>
        openCounts(row) === '' ? (
          <span className="secondary">{t('meetings:board.nothingOpen')}</span>
        ) : (
          <span className="board-alert">{openCounts(row)}</span>
        ),
    },
    { key: 'acts', head: '', nowrap: true, cell: (row) => <RowActs row={row} /> },
  ];
  return <PlainTable caption={t('meetings:tab.board')} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** Until when it is to be submitted; that its author confirms it himself. */
function StateNote({ row, submitBy }: { readonly row: BoardRow; readonly submitBy: string | null }) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  const stillDue = submitBy !== null && (row.state === 'drafting' || row.state === 'returned');
  return (
    <>
      {stillDue && <div className="secondary">{t('day.before', { day: words.plainDay(submitBy) })}</div>}
      {row.selfReviewed && <div className="secondary">{t('selfReviewed')}</div>}
    </>
  );
}

function WaitsFor({ row }: { readonly row: BoardRow }) {
  const { t } = useTranslation(['common', 'meetings']);
  const { holder, names } = row.waitsFor;
  if (holder === 'nobody') return <span className="secondary">{t('meetings:holder.nobody')}</span>;
  return (
    <>
      {names.length === 0
        ? t(`meetings:holder.${holder}.unnamed`)
        : names.map((name, index) => (
            // A name is not parted at the end of a line.
            <Fragment key={name}>
              <span className="board-name">
                {name}
                {index < names.length - 1 && t('listSeparator')}
              </span>
              <wbr />
            </Fragment>
          ))}
      <div className="secondary">{t(`meetings:holder.${holder}`)}</div>
    </>
  );
}

function RowActs({ row }: { readonly row: BoardRow }) {
  const { t } = useTranslation(['common', 'meetings']);
  const navigate = useNavigate();
  const [final, setFinal] = useState(false);
  const who = row.owner?.name ?? t('meetings:board.team');
  if (!row.mayOpen) return null;
  return (
    <div className="board-acts">
      <Button aria-label={`${t('open')} ${who}`} onClick={() => void navigate(`/documents/${row.id}`)}>
        {t('open')}
      </Button>
      {row.mayFinish && (
        <Button aria-label={`${t('meetings:final')} ${who}`} onClick={() => setFinal(true)}>
          {t('meetings:final')}
        </Button>
      )}
      {final && <FinalTextActs row={row} onClose={() => setFinal(false)} />}
    </div>
  );
}
