/**
 * The interface's two languages. Keys are typed: `t('editor:saveState.stored', { count })`. A namespace is a file in `zh/`
 * with its twin in `en/`; keys are flat (dots are part of the name); `{{name}}` is replaced.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { admin as enAdmin } from './en/admin.ts';
import { app as enApp } from './en/app.ts';
import { checks as enChecks } from './en/checks.ts';
import { common as enCommon } from './en/common.ts';
import { desk as enDesk } from './en/desk.ts';
import { editor as enEditor } from './en/editor.ts';
import { errors as enErrors } from './en/errors.ts';
import { hand as enHand } from './en/hand.ts';
import { likeness as enLikeness } from './en/likeness.ts';
import { meetings as enMeetings } from './en/meetings.ts';
import { proposals as enProposals } from './en/proposals.ts';
import { review as enReview } from './en/review.ts';
import { admin } from './zh/admin.ts';
import { app } from './zh/app.ts';
import { checks } from './zh/checks.ts';
import { common } from './zh/common.ts';
import { desk } from './zh/desk.ts';
import { editor } from './zh/editor.ts';
import { errors } from './zh/errors.ts';
import { hand } from './zh/hand.ts';
import { likeness } from './zh/likeness.ts';
import { meetings } from './zh/meetings.ts';
import { proposals } from './zh/proposals.ts';
import { review } from './zh/review.ts';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

export const resources = {
  zh: { common, app, meetings, admin, editor, review, proposals, errors, checks, hand, likeness, desk },
  en: {
    common: enCommon,
    app: enApp,
    meetings: enMeetings,
    admin: enAdmin,
    editor: enEditor,
    review: enReview,
    proposals: enProposals,
    errors: enErrors,
    checks: enChecks,
    hand: enHand,
    likeness: enLikeness,
    desk: enDesk,
  },
} as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: (typeof resources)['zh'];
    keySeparator: false;
  }
}

const remembered = 'duizhao.language';

/** The language chosen on this machine; Chinese until somebody chooses. */
export function chosenLanguage(): Language {
  return localStorage.getItem(remembered) === 'en' ? 'en' : 'zh';
}

/** Switches the interface at once and remembers it on this machine. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(remembered, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  await i18next.changeLanguage(language);
}

/** To be awaited once, before the first render. */
export async function startI18n(): Promise<void> {
  document.documentElement.lang = chosenLanguage() === 'zh' ? 'zh-CN' : 'en';
  await i18next.use(initReactI18next).init({
    lng: chosenLanguage(),
    fallbackLng: false,
    resources,
    ns: Object.keys(resources.zh),
    defaultNS: 'common',
    keySeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
