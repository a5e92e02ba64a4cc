/** 我的工作: what I must do next, what others hold, what is done. Administrators, who have no texts, get a page of hints. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkItem } from '../../shared/api/work.ts';
import { useWork } from '../api/queries.ts';
import { useSignedIn } from '../ui/me.ts';
import { Page } from '../ui/page.tsx';
import { oneLine, useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { groupNames, groupWork, hasDeadline } from './work-groups.ts';
import { WorkRow } from './work-row.tsx';
import './work-page.css';

export function WorkPage() {
  const { account } = useSignedIn();
  return account.administrator ? <AdministratorsPage /> : <Work />;
}

function Work() {
  const { t } = useTranslation(['common', 'app']);
  const { mayCreateMeetings } = useSignedIn();
  const work = useWork();
  return (
    <Page title={t('app:nav.work')} lead={work.data === undefined ? undefined : <NextStep items={work.data} />}>
      <Loaded query={work}>
        {(items) =>
          items.length === 0 ? (
            <div className="sheet">
              <Nothing
                title={t('app:work.nothing')}
                action={mayCreateMeetings ? <Link to="/meetings/new">{t('app:work.createMeeting')}</Link> : undefined}
              >
                {t('app:work.nothingWords')}
              </Nothing>
            </div>
          ) : (
            <Groups items={items} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** One sentence: what comes first, and until when. */
function NextStep({ items }: { readonly items: readonly WorkItem[] }) {
  const { t } = useTranslation(['common', 'app']);
  const words = useWords();
  const next = groupWork(items).mine.find(() => true);
  if (next === undefined) return items.length === 0 ? null : t('app:work.nothingMine');
  const step = t(`app:work.next.${next.kind}`, { owner: next.ownerName, title: oneLine(next.title) });
  if (next.submitBy === null || !hasDeadline(next)) return step;
  return (
    <>
      {step} {t('app:work.deadline', { day: words.day(next.submitBy), distance: words.distance(next.submitBy) })}
    </>
  );
}

function Groups({ items }: { readonly items: readonly WorkItem[] }) {
  const { t } = useTranslation(['common', 'app']);
  const groups = groupWork(items);
  return groupNames.map((name) => {
    const group = groups[name];
    if (group.length === 0 && name !== 'mine') return null;
    return (
      <section key={name} className="work-group" aria-labelledby={`work-${name}`}>
        <h2 id={`work-${name}`} className="section-title work-group-title">
          {t(`app:work.${name}`)}
          <span className="work-group-count numbers">{group.length}</span>
        </h2>
        <div className="sheet">
          {group.length === 0 ? (
            <p className="work-empty secondary">{t('app:work.nothingMine')}</p>
          ) : (
            <ul>
              {group.map((item, index) => (
                <WorkRow key={item.documentId} item={item} first={name === 'mine' && index === 0} />
              ))}
            </ul>
          )}
        </div>
      </section>
    );
  });
}

function AdministratorsPage() {
  const { t } = useTranslation(['common', 'app']);
  const steps = ['accounts', 'units', 'meetings', 'audit'] as const;
  const addresses = {
    accounts: '/admin/accounts',
    units: '/admin/units',
    meetings: '/meetings',
    audit: '/admin/audit',
  } as const;
  return (
    <Page title={t('app:admin.title')} lead={t('app:admin.lead')} width="narrow">
      <div className="sheet">
        <ul>
          {steps.map((step) => (
            <li key={step} className="work-row">
              <div className="work-row-words">
                <Link className="work-row-title" to={addresses[step]}>
                  {t(`app:nav.${step}`)}
                </Link>
                <p className="secondary">{t(`app:admin.${step}`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </Page>
  );
}
