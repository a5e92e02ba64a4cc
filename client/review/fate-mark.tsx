/**
 * What became of a remark or a change, as a shape and a word: ○ open, ● adopted, ◐ partly, ◇ explained. Declined has the shape of an
 * explanation: a word always goes with it.
 */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeFate } from '../../shared/api/fates.ts';

const ring = <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" />;
const diamond = <path d="M8 1.8 14.2 8 8 14.2 1.8 8z" fill="none" stroke="currentColor" strokeWidth="1.8" />;
const shapes: Readonly<Record<ChangeFate, ReactNode>> = {
  open: ring,
  adopted: <circle cx="8" cy="8" r="6.9" fill="currentColor" />,
  partly: (
    <>
      {ring}
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" />
    </>
  ),
  declined: diamond,
  explained: diamond,
};

export function FateMark({ fate }: { readonly fate: ChangeFate }) {
  const { t } = useTranslation('review');
  return (
    <span className="fate-mark" data-fate={fate}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {shapes[fate]}
      </svg>
      {t(`fate.${fate}`)}
    </span>
  );
}
