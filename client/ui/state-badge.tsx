/** A document's state as a shape and a word, readable without colour. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { State } from '../../shared/document/lifecycle.ts';

const shapes: Readonly<Record<State, ReactNode>> = {
  // ○ empty: still being written
  drafting: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  // ◐ half: one of two has looked at it
  in_review: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" />
    </>
  ),
  // ↩ back to its author
  returned: (
    <path
      d="M6 3 2.2 6.8 6 10.6M2.6 6.8H10a3.6 3.6 0 0 1 0 7.2H6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  // ● full
  approved: <circle cx="8" cy="8" r="6.9" fill="currentColor" />,
  // ■ laid in the file
  filed: <rect x="2" y="2" width="12" height="12" fill="currentColor" />,
};

export function StateBadge({ state }: { readonly state: State }) {
  const { t } = useTranslation();
  return (
    <span className="state-badge" data-state={state}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {shapes[state]}
      </svg>
      {t(`state.${state}`)}
    </span>
  );
}
