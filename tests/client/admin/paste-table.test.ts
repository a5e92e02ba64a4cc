import { describe, expect, test } from 'vitest';
import { type PasteRules, parsePastedTable, roleNamesFrom } from '../../../client/admin/paste-table.ts';
import { resources } from '../../../client/i18n/i18n.ts';
import { unitsAnswer } from '../../../shared/api/people.ts';

const [home, branch] = unitsAnswer.parse({
  units: [
    { id: `unit_${'0'.repeat(26)}`, name: 'XX市XX局', parentId: null },
    { id: `unit_${'1'.repeat(26)}`, name: 'XX市XX局高新分局', parentId: `unit_${'0'.repeat(26)}` },
  ],
}).units;
if (home === undefined || branch === undefined) throw new Error('two units are given');

const rules: PasteRules = {
  units: [home, branch],
  home: home.id,
  taken: new Set(['zhangsan']),
  roleNames: roleNamesFrom([resources.zh.common, resources.en.common].map((list) => (role) => list[`role.${role}`])),
};
const parse = (text: string) => parsePastedTable(text, rules);
const faults = (text: string) => parse(text).map((line) => line.faults);

describe('a pasted table', () => {
  test('becomes one account a line, by tabs as copied from a spreadsheet', () => {
    const [line] = parse('lisi\t李四\t党组成员、副局长\tXX市XX局高新分局\t班子成员\r\n');
    expect(line?.account).toEqual({
      username: 'lisi',
      name: '李四',
      duty: '党组成员、副局长',
      unitId: branch.id,
      position: 'member',
      administrator: false,
    });
  });

  test('may be parted by commas of either width', () => {
    expect(parse('lisi,李四,副局长,,办公室')[0]?.account?.position).toBe('office');
    expect(parse('李四，李四，副局长，，督导组')[0]?.account?.position).toBe('supervisor');
  });

  test('keeps commas inside a duty when it is parted by tabs', () => {
    expect(parse('lisi\t李四\t副局长,总工程师')[0]?.account?.duty).toBe('副局长,总工程师');
  });

  test('takes a missing unit as this unit and a missing role as a member', () => {
    expect(parse('lisi\t李四')[0]?.account).toMatchObject({ unitId: home.id, position: 'member', duty: '' });
  });

  test('understands roles by their names in either language, and administrators', () => {
    expect(parse('a1\tA\t\t\tPrincipal leader')[0]?.account?.position).toBe('leader');
    expect(parse('a1\tA\t\t\tLEADER')[0]?.account?.position).toBe('leader');
    expect(parse('a1\tA\t\t\t管理员')[0]?.account).toMatchObject({ administrator: true });
  });

  test('skips a heading line and empty lines, and still counts lines as they were pasted', () => {
    const lines = parse('用户名\t姓名\t职务\n\nlisi\t李四\t副局长\n');
    expect(lines.map(({ number, name }) => [number, name])).toEqual([[3, '李四']]);
  });

  test('names what is wrong on each line, and makes no account of it', () => {
    expect(faults('lisi')).toEqual([['columns', 'name']]);
    expect(faults('a b\t李四')).toEqual([['username']]);
    expect(faults('lisi\t\t副局长')).toEqual([['name']]);
    expect(faults(`lisi\t李四\t${'长'.repeat(61)}`)).toEqual([['duty']]);
    expect(faults('lisi\t李四\t副局长\tYY局')).toEqual([['unit']]);
    expect(faults('lisi\t李四\t副局长\t\t司机')).toEqual([['role']]);
    expect(faults('lisi\t李四\t副局长\t\t班子成员\t多余')).toEqual([['columns']]);
    expect(parse('lisi\t李四\t副局长\t\t司机')[0]?.account).toBeUndefined();
  });

  test('finds usernames that stand twice or are taken, whatever their case', () => {
    expect(faults('lisi\t李四\nLISI\t李思')).toEqual([[], ['twice']]);
    expect(faults('ZhangSan\t张三')).toEqual([['taken']]);
  });

  test('drops the quotation marks a spreadsheet puts around a cell', () => {
    expect(parse('"lisi"\t"李四"')[0]?.account).toMatchObject({ username: 'lisi', name: '李四' });
  });
});
