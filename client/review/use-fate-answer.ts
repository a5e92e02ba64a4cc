/** The reviewer's answer to a fate. What he has before his eyes goes along: another one is not answered by it. */
import { lastSet } from '../../shared/api/fates.ts';
import { useConfirmFate } from '../api/desk.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import type { Answerable } from './answerable.ts';

export type FateAnswer = {
  /** Whether this reader may agree with it or open it again. */
  readonly may: boolean;
  readonly pending: boolean;
  /** Why the last answer was refused, by whichever key or button it was given. */
  readonly error: unknown;
  readonly send: (confirmed: boolean, words?: string) => Promise<unknown>;
};

export function useFateAnswer(what: Answerable | undefined): FateAnswer {
  const { document } = useDocumentContext();
  const { mutateAsync, pending, error } = useConfirmFate(document.id, what?.resource);
  const seen = what === undefined || what.fate === 'open' ? undefined : lastSet(what.history)?.id;
  return {
    may: seen !== undefined && document.may.includes('confirm_fate'),
    pending,
    error,
    send: async (confirmed, words = '') => (seen === undefined ? undefined : mutateAsync({ confirmed, words, seen })),
  };
}
