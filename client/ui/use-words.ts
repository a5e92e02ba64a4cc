/** The words every screen shares, in the reader's language: errors, days, states, lists of names. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorCode, errorCodes } from '../../shared/api/errors.ts';
import { ApiError, errorCodeOf } from '../api/request.ts';
import { dayOf, formatDay, formatDistance, formatMoment, formatPlainDay } from './days.ts';

function isErrorCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code); // a wider array only to ask
}

/** The facts a refusal's sentence may name. */
export function errorFacts(details: unknown): {
  minutes: number;
  documents: string[];
  characters: string[];
  username: string;
} {
  const read = (key: string): unknown =>
    typeof details === 'object' && details !== null ? Reflect.get(details, key) : undefined;
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
  const seconds = read('retryAfterSeconds');
  const username = read('username');
  return {
    minutes: Math.max(1, Math.ceil((typeof seconds === 'number' ? seconds : 60) / 60)),
    documents: texts(read('documents')).map(oneLine),
    characters: texts(read('characters')),
    username: typeof username === 'string' ? username : '',
  };
}

/** A title as printed has lines; in a list it is one. */
export function oneLine(title: string): string {
  return title.replace(/\s*\n\s*/g, '');
}

export function useWords() {
  const { t, i18n } = useTranslation(['common', 'errors']);
  // The translator changes with the language; its identity may not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    const list = (names: readonly string[]) => names.join(t('listSeparator'));
    return {
      /** One courteous sentence for whatever a request threw. */
      error: (error: unknown): string => {
        const code = errorCodeOf(error);
        const known = code === 'offline' || code === 'mismatch' || isErrorCode(code) ? code : 'internal';
        const { minutes, documents, characters, username } = errorFacts(
          error instanceof ApiError ? error.details : undefined,
        );
        return t(`errors:${known}`, {
          minutes,
          documents: list(documents),
          characters: characters.join(' '),
          username,
        });
      },
      /** A calendar day; null is 待定. */
      day: (day: string | null) => formatDay(day, dayOf(new Date()), t),
      /** A calendar day without its weekday, where room is short. */
      plainDay: (day: string) => formatPlainDay(day, dayOf(new Date()), t),
      /** How far away a deadline is. */
      distance: (day: string) => formatDistance(day, dayOf(new Date()), t),
      moment: (instant: string) => formatMoment(instant, new Date(), t),
      list,
    };
  }, [t, i18n.language]);
}
