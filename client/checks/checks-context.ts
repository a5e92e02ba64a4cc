/** What the parts of a page share about its checks: what is asked, what is put aside, and who looks. */
import type { UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { ChecksAnswer } from '../../shared/api/checks.ts';
import type { HitList } from './hit-groups.ts';

export type ChecksContextValue = {
  /** False for readers who have no part in the checks: neither tab nor question. */
  readonly wanted: boolean;
  readonly query: UseQueryResult<ChecksAnswer>;
  /** Undefined until the text has been checked once. */
  readonly list: HitList | undefined;
};

export const ChecksContext = createContext<ChecksContextValue | null>(null);

export function useChecks(): ChecksContextValue {
  const value = useContext(ChecksContext);
  if (value === null) throw new Error('used outside a document page');
  return value;
}
