/** For the reviewer, once the author has said what became of a remark or a change: agree, or open it again, with words or without. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../ui/use-words.ts';
import type { Answerable } from './answerable.ts';
import { useFateAnswer } from './use-fate-answer.ts';
import { useKeys } from './use-keys.ts';
import { WordsForm } from './words-form.tsx';

/** `inHand`: the one the keys answer. Y and X are heard by the page (`use-fate-keys.ts`), also where the acts are not shown. */
export function ConfirmActs({ what, inHand }: { readonly what: Answerable; readonly inHand: boolean }) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const { may, pending, error, send } = useFateAnswer(what);
  const [saying, setSaying] = useState(false);
  useKeys({ 'Alt+X': () => setSaying(true) }, may && inHand);
  const decide = (confirmed: boolean) => void send(confirmed).catch(() => undefined);
  if (may && saying) {
    return (
      <WordsForm
        kind={`reopen.${what.resource}`}
        label={t('confirm.reopen.label')}
        confirm={t('confirm.reopen')}
        required
        onSend={(text) => send(false, text)}
        onClose={() => setSaying(false)}
      />
    );
  }
  return (
    <>
      {may && (
        <span className="remark-fates">
          {what.confirmedBy === null && (
            <Button size="small" title="Y" loading={pending} onClick={() => decide(true)}>
              {t('confirm')}
            </Button>
          )}
          <Button size="small" type="text" title="X" onClick={() => decide(false)}>
            {t('confirm.reopen')}
          </Button>
          <Button size="small" type="text" title="Alt+X" onClick={() => setSaying(true)}>
            {t('confirm.reopen.words')}
          </Button>
        </span>
      )}
      {error !== null && !saying && (
        <p className="remark-error" role="alert">
          {words.error(error)}
        </p>
      )}
    </>
  );
}
