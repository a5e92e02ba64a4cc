/** One text in 我的工作: what it is, where it stands, the words it came back with, and the one thing to do with it. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { WorkItem } from '../../shared/api/work.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { oneLine, useWords } from '../ui/use-words.ts';
import { hasDeadline } from './work-groups.ts';

export function WorkRow({ item, first }: { readonly item: WorkItem; readonly first: boolean }) {
  const { t } = useTranslation(['common', 'app']);
  const navigate = useNavigate();
  const address = `/documents/${item.documentId}`;
  const title = oneLine(item.title);
  return (
    <li className="work-row">
      <div className="work-row-words">
        <p>
          <Link className="work-row-title" to={address}>
            {title}
          </Link>
          {item.ownerName !== '' && <span className="work-row-owner">{item.ownerName}</span>}
        </p>
        <p className="secondary">{item.meetingTitle}</p>
        <Facts item={item} />
        {item.state === 'returned' && item.words !== '' && (
          <blockquote className="work-row-return">{item.words}</blockquote>
        )}
      </div>
      <Button
        type={first ? 'primary' : 'default'}
        className="work-row-act"
        aria-label={`${t(`app:act.${item.kind}`)} ${title} ${item.ownerName}`}
        onClick={() => void navigate(address)}
      >
        {t(`app:act.${item.kind}`)}
      </Button>
    </li>
  );
}

function Facts({ item }: { readonly item: WorkItem }) {
  const { t } = useTranslation(['common', 'app']);
  const words = useWords();
  return (
    <ul className="work-row-facts">
      <li>
        <StateBadge state={item.state} />
      </li>
      <li>{item.round === 0 ? t('round.none') : t('round.nth', { round: item.round })}</li>
      {item.characters > 0 && <li className="numbers">{t('characters.count', { count: item.characters })}</li>}
      {item.openRemarks > 0 && <li className="work-row-alert">{t('remarks.open', { count: item.openRemarks })}</li>}
      {item.openChanges > 0 && <li className="work-row-alert">{t('changes.open', { count: item.openChanges })}</li>}
      {item.submitBy !== null && hasDeadline(item) && (
        <li>
          {t('day.before', { day: words.day(item.submitBy) })}
          {t('app:work.distance', { distance: words.distance(item.submitBy) })}
        </li>
      )}
      <li className="secondary">{t('app:work.since', { moment: words.moment(item.since) })}</li>
    </ul>
  );
}
