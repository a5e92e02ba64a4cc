/** What became of a remark, as a shape and a word: ○ open, ● adopted, ◐ partly, ◇ explained. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fate } from '../../shared/api/remarks.ts';

const ring = <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" />;
const shapes: Readonly<Record<Fate, ReactNode>> = {
  open: ring,
  adopted: <circle cx="8" cy="8" r="6.9" fill="currentColor" />,
  partly: (
    <>
      {ring}
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" />
    </>
  ),
  explained: <path d="M8 1.8 14.2 8 8 14.2 1.8 8z" fill="none" stroke="currentColor" strokeWidth="1.8" />,
};

/** `label` says it in another word. */
export function FateMark({ fate, label }: { readonly fate: Fate; readonly label?: string }) {
  const { t } = useTranslation('review');
  return (
    <span className="fate-mark" data-fate={fate}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {shapes[fate]}
      </svg>
      {label ?? t(`fate.${fate}`)}
    </span>
  );
}
