/** One meeting: its board first; for those who look after it also the settings, people and aspects. */
import { Alert, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Meeting } from '../../shared/api/meetings.ts';
import { isId, type MeetingId } from '../../shared/ids.ts';
import { useMeeting } from '../api/queries.ts';
import { LibraryTab } from '../library/library-tab.tsx';
import { dayOf, daysUntil } from '../ui/days.ts';
import { useSignedIn } from '../ui/me.ts';
import { Page } from '../ui/page.tsx';
import { useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { AspectsTab } from './aspects-tab.tsx';
import { BasicsTab } from './basics-tab.tsx';
import { Board } from './board.tsx';
import { ChecksTab } from './checks-tab.tsx';
import { MeetingFacts } from './meeting-facts.tsx';
import { PeopleTab } from './people-tab.tsx';
import './meetings.css';

export function MeetingPage() {
  const { t } = useTranslation(['common', 'meetings']);
  const { id = '' } = useParams();
  if (isId('meet', id)) return <KnownMeeting id={id} />;
  return (
    <Page title={t('meetings:title')}>
      <div className="sheet">
        <Nothing title={t('meetings:notFound')} />
      </div>
    </Page>
  );
}

function KnownMeeting({ id }: { readonly id: MeetingId }) {
  const { t } = useTranslation(['common', 'meetings']);
  const meeting = useMeeting(id);
  return (
    <Page
      width="wide"
      title={meeting.data?.title ?? t('meetings:title')}
      lead={meeting.data === undefined ? undefined : <Lead meeting={meeting.data} />}
    >
      <Loaded query={meeting} what="meeting">
        {(known) => <MeetingTabs key={known.id} meeting={known} />}
      </Loaded>
    </Page>
  );
}

function Lead({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  const due = meeting.submitBy;
  const facts = [
    meeting.unitName,
    meeting.date === null ? t('meetings:lead.datePending') : t('meetings:lead.date', { day: words.day(meeting.date) }),
    ...(meeting.place === '' ? [] : [meeting.place]),
    ...(due === null
      ? []
      : [
          // A deadline that has passed is a date; counting the days since would only nag.
          daysUntil(due, dayOf(new Date())) < 0
            ? t('meetings:lead.due', { day: words.day(due) })
            : t('meetings:lead.dueLeft', { day: words.day(due), distance: words.distance(due) }),
        ]),
  ];
  return (
    <>
      <p>{facts.join(' · ')}</p>
      {meeting.theme !== '' && <p className="meeting-theme">{meeting.theme}</p>}
    </>
  );
}

const tabs = ['board', 'basics', 'people', 'aspects', 'checks', 'facts', 'library'] as const;
type Tab = (typeof tabs)[number];

/** An administrator may only say who takes part, and only while a meeting has no leader; the library is the participants'. */
function tabsFor(meeting: Meeting, administrator: boolean): Tab[] {
  const library: Tab[] = meeting.myRole === null ? [] : ['library'];
  if (!meeting.mayManage) return ['board', 'facts', ...library];
  return administrator ? ['board', 'people', 'facts'] : ['board', 'basics', 'people', 'aspects', 'checks', ...library];
}

function MeetingTabs({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation(['common', 'meetings']);
  const { account } = useSignedIn();
  const navigate = useNavigate();
  const { tab } = useParams();
  const offered = tabsFor(meeting, account.administrator);
  const active = offered.find((name) => name === tab) ?? 'board';
  const content: Readonly<Record<Tab, React.ReactNode>> = {
    board: <Board meeting={meeting} />,
    basics: <BasicsTab meeting={meeting} />,
    people: <PeopleTab meeting={meeting} />,
    aspects: <AspectsTab meeting={meeting} />,
    checks: <ChecksTab meeting={meeting} />,
    facts: <MeetingFacts meeting={meeting} />,
    library: <LibraryTab meetingId={meeting.id} />,
  };
  return (
    <>
      {meeting.mayManage && !meeting.participants.some(({ role }) => role === 'leader') && (
        <Alert className="meeting-note" type="info" title={t('meetings:noLeaderYet')} />
      )}
      <Tabs
        className="meeting-tabs"
        activeKey={active}
        onChange={(next) =>
          void navigate(next === 'board' ? `/meetings/${meeting.id}` : `/meetings/${meeting.id}/${next}`)
        }
        destroyOnHidden
        animated={false}
        items={offered.map((name) => ({
          key: name,
          label: t(`meetings:tab.${name}`),
          children: content[name],
        }))}
      />
    </>
  );
}
