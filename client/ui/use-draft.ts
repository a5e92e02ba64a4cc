/** Something being changed: follows what is saved until the first change, and knows whether there is anything to save. */
import { useState } from 'react';

export type Draft<T> = {
  readonly value: T;
  readonly dirty: boolean;
  readonly change: (next: T) => void;
  /** Forgets the changes. */
  readonly discard: () => void;
};

export function useDraft<T>(saved: T): Draft<T> {
  const [edited, setEdited] = useState<{ readonly value: T } | undefined>(undefined);
  const value = edited === undefined ? saved : edited.value;
  return {
    value,
    dirty: edited !== undefined && JSON.stringify(edited.value) !== JSON.stringify(saved),
    change: (next) => setEdited({ value: next }),
    discard: () => setEdited(undefined),
  };
}
