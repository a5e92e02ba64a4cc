import { describe, expect, test } from 'vitest';
import {
  addAspect,
  moveAspect,
  newAspectKey,
  removeAspect,
  renameAspect,
} from '../../../client/meetings/aspect-list.ts';
import { addPeople, changeSeat, everybodyOf, leaderCount, type Seat } from '../../../client/meetings/participants.ts';
import { basicsFrom, meetingTitle } from '../../../client/meetings/preset.ts';
import { type Person, personSchema } from '../../../shared/api/people.ts';
import { type Aspect, aspectSchema } from '../../../shared/template/template.ts';

const aspect = (key: string): Aspect => ({ key, title: `方面${key}`, long: '', tag: '' });
const three = [aspect('a1'), aspect('a2'), aspect('a3')];
const order = (aspects: readonly Aspect[]) => aspects.map(({ key }) => key);

describe('aspects', () => {
  test('move by one place and not beyond the ends', () => {
    expect(order(moveAspect(three, 'a1', 1))).toEqual(['a2', 'a1', 'a3']);
    expect(order(moveAspect(three, 'a3', -1))).toEqual(['a1', 'a3', 'a2']);
    expect(order(moveAspect(three, 'a1', -1))).toEqual(['a1', 'a2', 'a3']);
    expect(order(moveAspect(three, 'a3', 1))).toEqual(['a1', 'a2', 'a3']);
  });

  test('keep their keys when they are renamed, so that written text stays theirs', () => {
    const renamed = renameAspect(three, 'a2', { title: '新标题' });
    expect(order(renamed)).toEqual(['a1', 'a2', 'a3']);
    expect(renamed[1]?.title).toBe('新标题');
  });

  test('are added at the end and removed by key', () => {
    expect(order(addAspect(three, 'a9'))).toEqual(['a1', 'a2', 'a3', 'a9']);
    expect(order(removeAspect(three, 'a2'))).toEqual(['a1', 'a3']);
  });

  test('get keys the contract accepts', () => {
    const key = newAspectKey((bytes) => crypto.getRandomValues(bytes));
    expect(aspectSchema.shape.key.safeParse(key).success).toBe(true);
    expect(newAspectKey((bytes) => bytes.fill(255))).toBe(`a${'d'.repeat(12)}`);
  });
});

const unit = (n: number) => `unit_${String(n).padStart(26, '0')}`;
function person(n: number, position: Person['position'], unitNumber = 1): Person {
  return personSchema.parse({
    id: `user_${String(n).padStart(26, '0')}`,
    name: `人${n}`,
    duty: '',
    unitId: unit(unitNumber),
    position,
  });
}
const roles = (seats: readonly Seat[]) => seats.map(({ role }) => role);

describe('participants', () => {
  const leader = person(1, 'leader');
  const member = person(2, 'member');
  const office = person(3, 'office');

  test('begin as everybody of the unit in the usual roles, the leader first', () => {
    const seats = everybodyOf(leader.unitId, [office, member, leader, person(4, 'supervisor', 2)]);
    expect(roles(seats)).toEqual(['leader', 'member', 'office']);
  });

  test('a second leader sits as a member until somebody decides', () => {
    const seats = addPeople([], [leader, person(5, 'leader')]);
    expect(roles(seats)).toEqual(['leader', 'member']);
    expect(leaderCount(seats)).toBe(1);
  });

  test('nobody is added twice', () => {
    expect(addPeople(addPeople([], [leader]), [leader])).toHaveLength(1);
  });

  test('a change of role takes away what the new role cannot have', () => {
    const seats = changeSeat(addPeople([], [member]), member.id, { drafter: true, conditions: ['audit'] });
    expect(seats[0]).toMatchObject({ drafter: true, conditions: ['audit'] });
    const [supervisor] = changeSeat(seats, member.id, { role: 'supervisor' });
    expect(supervisor).toMatchObject({ role: 'supervisor', drafter: false, conditions: [] });
    const [clerk] = changeSeat(seats, member.id, { role: 'office' });
    expect(clerk).toMatchObject({ drafter: true, conditions: [] });
  });
});

describe('a template', () => {
  test('gives the meeting its official name with the year', () => {
    expect(meetingTitle({ name: '民主生活会' }, 2022)).toBe('2022年度民主生活会');
    expect(meetingTitle({ name: '2022年度民主生活会' }, 2022)).toBe('2022年度民主生活会');
  });

  test('chosen anew brings its own name and theme and leaves days and place', () => {
    const first = basicsFrom({ name: '民主生活会', year: 2022, kind: 'annual', theme: '' });
    const set = { ...first, place: '三楼会议室', date: '2023-01-10', leaderReview: 'self' } as const;
    const again = basicsFrom({ name: '专题民主生活会', year: 2023, kind: 'topical', theme: '主题' }, set);
    expect(again).toMatchObject({
      title: '2023年度专题民主生活会',
      theme: '主题',
      kind: 'topical',
      place: '三楼会议室',
      date: '2023-01-10',
      leaderReview: 'self',
    });
  });
});
