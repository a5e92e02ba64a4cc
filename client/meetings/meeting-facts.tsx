/** The settings of a meeting, to be read by those who do not change them. */
import { useTranslation } from 'react-i18next';
import type { Meeting, Participant } from '../../shared/api/meetings.ts';
import { itemNumber } from '../../shared/template/sections.ts';
import { type Column, PlainTable } from '../ui/plain-table.tsx';

export function MeetingFacts({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation(['common', 'meetings']);
  const columns: readonly Column<Participant>[] = [
    {
      key: 'name',
      head: t('meetings:field.person'),
      names: true,
      cell: ({ name }) => <span className="board-person">{name}</span>,
      width: '10em',
    },
    { key: 'duty', head: t('meetings:field.duty'), cell: ({ duty }) => duty },
    {
      key: 'role',
      head: t('meetings:field.role'),
      cell: ({ role, drafter }) => (drafter ? `${t(`role.${role}`)} · ${t('meetings:drafter')}` : t(`role.${role}`)),
    },
  ];
  return (
    <>
      <div className="sheet">
        {meeting.participants.length === 0 ? (
          <p className="sheet-body secondary">{t('meetings:people.nothing')}</p>
        ) : (
          <PlainTable
            caption={t('meetings:participants')}
            columns={columns}
            rows={meeting.participants}
            rowKey={({ id }) => id}
          />
        )}
      </div>
      <div className="sheet sheet-body">
        <h2 className="part-title">{t('meetings:tab.aspects')}</h2>
        <ol>
          {meeting.aspects.map((aspect, index) => (
            <li key={aspect.key} className="aspect">
              <span className="aspect-number">{itemNumber('chinese', index + 1)}</span>
              <div className="aspect-fields">
                <p className="aspect-title-plain">{aspect.title}</p>
                {aspect.long !== '' && <p className="secondary">{aspect.long}</p>}
              </div>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
