/** 会议: the meetings I take part in or look after, the newest first. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { MeetingSummary } from '../../shared/api/meetings.ts';
import { useMeetings } from '../api/queries.ts';
import { useSignedIn } from '../ui/me.ts';
import { Page } from '../ui/page.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import './meetings.css';

export function MeetingsPage() {
  const { t } = useTranslation(['common', 'meetings']);
  const { mayCreateMeetings } = useSignedIn();
  const navigate = useNavigate();
  const meetings = useMeetings();
  return (
    <Page
      title={t('meetings:title')}
      acts={
        mayCreateMeetings && (
          <Button type="primary" onClick={() => void navigate('/meetings/new')}>
            {t('meetings:create')}
          </Button>
        )
      }
    >
      <div className="sheet">
        <Loaded query={meetings}>
          {(list) =>
            list.length === 0 ? (
              <Nothing title={t('meetings:nothing')}>
                {mayCreateMeetings ? t('meetings:nothing.creator') : t('meetings:nothing.words')}
              </Nothing>
            ) : (
              <MeetingList meetings={list} />
            )
          }
        </Loaded>
      </div>
    </Page>
  );
}

function MeetingList({ meetings }: { readonly meetings: readonly MeetingSummary[] }) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  const newestFirst = [...meetings].sort(
    (a, b) => b.year - a.year || (b.date ?? '9999').localeCompare(a.date ?? '9999'),
  );
  const columns: readonly Column<MeetingSummary>[] = [
    {
      key: 'title',
      head: t('meetings:field.title'),
      names: true,
      cell: (meeting) => (
        <>
          <Link className="meeting-link" to={`/meetings/${meeting.id}`}>
            {meeting.title}
          </Link>
          <div className="secondary">{meeting.unitName}</div>
        </>
      ),
    },
    { key: 'kind', head: t('meetings:field.kind'), cell: ({ kind }) => t(`meetingKind.${kind}`), width: '8em' },
    {
      key: 'date',
      head: t('meetings:field.date'),
      cell: ({ date, place }) => (
        <>
          {words.day(date)}
          {place !== '' && <div className="secondary">{place}</div>}
        </>
      ),
      width: '13em',
    },
    { key: 'due', head: t('meetings:field.submitBy'), cell: ({ submitBy }) => words.day(submitBy), width: '11em' },
    {
      key: 'role',
      head: t('meetings:field.myRole'),
      cell: ({ myRole }) => (myRole === null ? t('meetings:noRole') : t(`role.${myRole}`)),
      width: '9em',
    },
  ];
  return (
    <PlainTable caption={t('meetings:title')} columns={columns} rows={newestFirst} rowKey={(meeting) => meeting.id} />
  );
}
