/** What a template fills in for a new meeting. */
import type { Template } from '../../shared/template/template.ts';
import type { Basics } from './meeting-fields.tsx';

/** The meeting's official name for a year: 2021年度党史学习教育专题民主生活会. */
export function meetingTitle(template: Pick<Template, 'name'>, year: number): string {
  return template.name.startsWith(String(year)) ? template.name : `${year}年度${template.name}`;
}

/** Another template brings its own name, theme and year; days, place and rules already given stay. */
export function basicsFrom(template: Pick<Template, 'name' | 'year' | 'kind' | 'theme'>, known?: Basics): Basics {
  return {
    kind: template.kind,
    title: meetingTitle(template, template.year),
    year: template.year,
    theme: template.theme,
    date: known?.date ?? null,
    place: known?.place ?? '',
    submitBy: known?.submitBy ?? null,
    leaderReview: known?.leaderReview ?? 'supervisor',
  };
}
