/** The frame of the pages before the gate: one sheet on the desk, the product's name, the languages, the secrecy line. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch, TypeSwitch } from './switches.tsx';
import './front-page.css';

export function FrontPage({ wide = false, children }: { readonly wide?: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation(['common', 'app']);
  return (
    <div className="front">
      <header className="front-top">
        <TypeSwitch />
        <LanguageSwitch />
      </header>
      <main className={wide ? 'front-body front-body-wide' : 'front-body'}>
        <div className="front-sheet sheet">
          <p className="front-product">{t('product')}</p>
          <p className="front-purpose">{t('app:purpose')}</p>
          {children}
        </div>
        <p className="front-secrecy">{t('app:secrecy')}</p>
      </main>
    </div>
  );
}
