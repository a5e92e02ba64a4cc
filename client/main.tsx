/** Starts the page: language and type size first, so that nothing is shown twice, then the application. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startPreferences } from './app/preferences.ts';
import { forgetWhoLeft } from './app/use-leave.ts';
import { startI18n } from './i18n/i18n.ts';
import './fonts/fonts.css';
import './ui/base.css';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  startPreferences();
  // What cannot be forgotten now stays as it was; signing in does not wait for it.
  void forgetWhoLeft().catch(() => undefined);
  await startI18n();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

// A file dropped beside a text must not take the page's place.
for (const happening of ['dragover', 'drop'] as const) {
  window.addEventListener(happening, (event) => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  });
}

void start();
