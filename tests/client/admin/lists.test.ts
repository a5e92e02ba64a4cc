import { describe, expect, test } from 'vitest';
import { factsOf, groupByDay } from '../../../client/admin/audit-words.ts';
import { credentialsAsText } from '../../../client/admin/credentials-dialog.tsx';
import { flattenUnits } from '../../../client/admin/unit-tree.ts';
import { auditEntrySchema } from '../../../shared/api/audit.ts';
import { unitSchema } from '../../../shared/api/people.ts';

const unitId = (n: number) => `unit_${String(n).padStart(26, '0')}`;
const unit = (n: number, parent: number | null) =>
  unitSchema.parse({ id: unitId(n), name: `单位${n}`, parentId: parent === null ? null : unitId(parent) });

describe('units', () => {
  test('stand below their parents, with the way down to them', () => {
    const places = flattenUnits([unit(3, 1), unit(1, null), unit(2, 1), unit(4, 3)]);
    expect(places.map(({ unit: { name }, depth }) => [name, depth])).toEqual([
      ['单位1', 0],
      ['单位3', 1],
      ['单位4', 2],
      ['单位2', 1],
    ]);
    expect(places[2]?.path).toEqual(['单位1', '单位3', '单位4']);
  });

  test('whose parent is unknown stand at the top, and none is lost', () => {
    expect(flattenUnits([unit(5, 9), unit(6, 5)]).map(({ depth }) => depth)).toEqual([0, 1]);
  });
});

describe('the log', () => {
  const entry = (seq: number, at: string) =>
    auditEntrySchema.parse({ seq, at, act: 'sign_in', actor: '张三', subject: '', facts: {}, hash: 'a' });

  test('is parted where the day changes and keeps its order', () => {
    const days = groupByDay([
      entry(3, new Date(2022, 0, 21, 9).toISOString()),
      entry(2, new Date(2022, 0, 20, 23, 59).toISOString()),
      entry(1, new Date(2022, 0, 20, 8).toISOString()),
    ]);
    expect(days.map(({ day, entries }) => [day, entries.map(({ seq }) => seq)])).toEqual([
      ['2022-01-21', [3]],
      ['2022-01-20', [2, 1]],
    ]);
  });

  test('shows facts with their names and leaves ids to machines', () => {
    const words = {
      nameOf: (key: string) => key.toUpperCase(),
      valueOf: (key: string, value: unknown) => `${key}=${String(value)}`,
    };
    expect(factsOf({ version: 3, documentId: `doc_${'0'.repeat(26)}`, words: '' }, words)).toEqual([
      { name: 'VERSION', value: 'version=3' },
    ]);
  });
});

describe('initial passwords', () => {
  test('are copied as a table, one line a person', () => {
    const text = credentialsAsText(
      ['姓名', '用户名', '初始密码'],
      [{ name: '李四', username: 'lisi', initialPassword: 'p1' }],
    );
    expect(text).toBe('姓名\t用户名\t初始密码\n李四\tlisi\tp1');
  });
});
