/** What a template fills in for a new meeting. */
import type { Template } from '../../shared/template/template.ts';

/** The meeting's official name for a year: 2021年度党史学习教育专题民主生活会. */
export function meetingTitle(template: Pick<Template, 'name'>, year: number): string {
  return template.name.startsWith(String(year)) ? template.name : `${year}年度${template.name}`;
}
