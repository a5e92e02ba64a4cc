/** Times and names of a report in the reader's language. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AuthorshipAnswer } from '../../shared/api/authorship.ts';
import { dayOf } from '../ui/days.ts';
import { useWords } from '../ui/use-words.ts';

type WriterId = AuthorshipAnswer['report']['writers'][number]['id'];

export function useHandWords(people: AuthorshipAnswer['people']) {
  const { t } = useTranslation('hand');
  const words = useWords();
  return {
    moment: words.moment,
    /** So many sittings of so long together. */
    total: (times: number, ms: number): string => totalWords(t, times, ms),
    /** The day is said once when both ends have it. */
    span: (from: string, until: string): string => {
      const sameDay = dayOf(new Date(from)) === dayOf(new Date(until));
      const end = sameDay ? clockTime(until) : words.moment(until);
      return sameDay && clockTime(from) === end
        ? words.moment(from)
        : t('time.row', { from: words.moment(from), until: end });
    },
    name: (id: WriterId): string =>
      id === 'server' ? t('server') : (people.find((person) => person.id === id)?.name ?? t('unknown')),
  };
}

/** One sitting, or several, and how long they were together. */
export function totalWords(t: TFunction<'hand'>, times: number, ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const sittings = times === 1 ? t('time.sitting') : t('time.sittings', { times });
  if (minutes === 0) return t('time.total.brief', { sittings });
  const duration =
    minutes < 60
      ? t('time.minutes', { minutes })
      : t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return t('time.total', { sittings, duration });
}

function clockTime(instant: string): string {
  const at = new Date(instant);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
