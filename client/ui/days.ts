/**
 * Calendar days and instants as people read them: 1月20日（周四）, 17:42. Pure: today and the translator are passed in.
 * A day is `YYYY-MM-DD` and has no time zone; an instant is UTC ISO text and is shown in the reader's zone.
 */
import type { TFunction } from 'i18next';

type Translate = TFunction<'common'>;
type Month = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** The calendar day of a moment in the reader's zone. */
export function dayOf(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Whole days from `today` to `day`; negative when it has passed. */
export function daysUntil(day: string, today: string): number {
  return Math.round((utc(day).getTime() - utc(today).getTime()) / 86_400_000);
}

function parts(year: number, month: number, day: number, t: Translate) {
  // A Date's month is 0–11, so the sum is one of the twelve.
  const month1 = (month + 1) as Month;
  return { year, month: month1, day, monthName: t(`month.${month1}`) };
}

/** 1月20日（周四); with the year when it is not this year's. Null is 待定. */
export function formatDay(day: string | null, today: string, t: Translate): string {
  if (day === null) return t('day.pending');
  const date = utc(day);
  // A Date's weekday is 0–6.
  const weekday = t(`weekday.${date.getUTCDay() as Weekday}`);
  const values = { ...parts(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), t), weekday };
  return day.slice(0, 4) === today.slice(0, 4) ? t('day.short', values) : t('day.withYear', values);
}

/** 1月20日: where there is no room for the weekday. */
export function formatPlainDay(day: string, today: string, t: Translate): string {
  const date = utc(day);
  const values = parts(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), t);
  return day.slice(0, 4) === today.slice(0, 4) ? t('day.plain', values) : t('day.plainWithYear', values);
}

/** How far away a deadline is: 还有 3 天, 今天截止, 已过 2 天. */
export function formatDistance(day: string, today: string, t: Translate): string {
  const left = daysUntil(day, today);
  if (left === 0) return t('day.today');
  if (left === 1) return t('day.tomorrow');
  return left > 0 ? t('day.left', { count: left }) : t('day.over', { count: -left });
}

/** 今天 17:42, 1月20日 17:42; with the year when it is not this year's. */
export function formatMoment(instant: string, now: Date, t: Translate): string {
  const at = new Date(instant);
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
  if (dayOf(at) === dayOf(now)) return t('moment.today', { time });
  const values = { ...parts(at.getFullYear(), at.getMonth(), at.getDate(), t), time };
  return at.getFullYear() === now.getFullYear() ? t('moment.short', values) : t('moment.withYear', values);
}
