/** Who takes part and as what; for members also whether they draft the team material and which sections they must have. */
import { CloseOutlined } from '@ant-design/icons';
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { roles } from '../../shared/access/can.ts';
import type { Person } from '../../shared/api/people.ts';
import type { UserId } from '../../shared/ids.ts';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { ConditionsField } from './conditions-field.tsx';
import { addPeople, changeSeat, type Face, type Seat, writesOutline } from './participants.ts';

export function ParticipantsField({
  people,
  faces,
  value,
  onChange,
  detailed,
}: {
  readonly people: readonly Person[];
  readonly faces: ReadonlyMap<UserId, Face>;
  readonly value: readonly Seat[];
  readonly onChange: (seats: Seat[]) => void;
  /** With drafters and conditional sections; a new meeting asks only for people and roles. */
  readonly detailed: boolean;
}) {
  const { t } = useTranslation(['common', 'meetings']);
  const [opened, setOpened] = useState<UserId | null>(null);
  const nameOf = (seat: Seat) => faces.get(seat.userId)?.name ?? '';
  const columns: Column<Seat>[] = [
    {
      key: 'name',
      head: t('meetings:field.person'),
      names: true,
      cell: (seat) => (
        <>
          <span className="board-person">{nameOf(seat)}</span>
          <div className="secondary">{faces.get(seat.userId)?.duty}</div>
        </>
      ),
    },
    {
      key: 'role',
      head: t('meetings:field.role'),
      width: '15em',
      cell: (seat) => (
        <Select
          className="role-select"
          aria-label={t('meetings:roleOf', { name: nameOf(seat) })}
          value={seat.role}
          onChange={(role) => onChange(changeSeat(value, seat.userId, { role }))}
          options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      ),
    },
  ];
  if (detailed) {
    columns.push(
      {
        key: 'drafter',
        head: t('meetings:field.drafter'),
        width: '11em',
        cell: (seat) =>
          seat.role === 'leader' ? (
            <span className="secondary">{t('meetings:drafter.leader')}</span>
          ) : seat.role === 'supervisor' ? (
            ''
          ) : (
            <Checkbox
              checked={seat.drafter}
              aria-label={t('meetings:drafterOf', { name: nameOf(seat) })}
              onChange={(event) => onChange(changeSeat(value, seat.userId, { drafter: event.target.checked }))}
            >
              {t('meetings:drafter')}
            </Checkbox>
          ),
      },
      {
        key: 'conditions',
        head: t('meetings:field.conditions'),
        width: '14em',
        cell: (seat) =>
          writesOutline(seat.role) && (
            <Button
              aria-expanded={opened === seat.userId}
              onClick={() => setOpened(opened === seat.userId ? null : seat.userId)}
            >
              {seat.conditions.length === 0
                ? t('meetings:conditions.none')
                : t('meetings:conditions.count', { count: seat.conditions.length })}
              <span className="visually-hidden">{t('meetings:conditionsOf', { name: nameOf(seat) })}</span>
            </Button>
          ),
      },
    );
  }
  columns.push({
    key: 'remove',
    head: '',
    width: '4em',
    cell: (seat) => (
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('meetings:removePerson', { name: nameOf(seat) })}
        onClick={() => onChange(value.filter((other) => other !== seat))}
      />
    ),
  });

  const others = people.filter((person) => !value.some(({ userId }) => userId === person.id));
  return (
    <>
      {value.length > 0 && (
        <div className="bleed">
          <PlainTable
            caption={t('meetings:participants')}
            columns={columns}
            rows={value}
            rowKey={(seat) => seat.userId}
            middle
            below={(seat) =>
              detailed &&
              opened === seat.userId &&
              writesOutline(seat.role) && (
                <ConditionsField
                  label={t('meetings:conditionsOf', { name: nameOf(seat) })}
                  value={seat.conditions}
                  onChange={(on) => onChange(changeSeat(value, seat.userId, { conditions: on }))}
                />
              )
            }
          />
        </div>
      )}
      {others.length === 0 ? (
        <p className="secondary">{t('meetings:everybodyIn')}</p>
      ) : (
        <Select
          className="person-picker"
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          placeholder={t('meetings:addPerson')}
          aria-label={t('meetings:addPerson')}
          options={others.map(({ id, name, duty }) => ({
            value: id,
            label: duty === '' ? name : `${name}（${duty}）`,
          }))}
          onChange={(id: UserId | null) => {
            const person = others.find((other) => other.id === id);
            if (person !== undefined) onChange(addPeople(value, [person]));
          }}
        />
      )}
    </>
  );
}
