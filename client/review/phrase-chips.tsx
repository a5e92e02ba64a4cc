/** The reviewer's stock phrases within reach: the first nine with their numbers, and the way to the whole list. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Phrase } from '../../shared/api/phrases.ts';
import { usePhrases } from '../api/desk.ts';
import { keyedPhrases, rowsOf } from './phrase-rows.ts';
import { PhrasesDialog } from './phrases-dialog.tsx';

export function PhraseChips({ onTake }: { readonly onTake: (phrase: Phrase) => void }) {
  const { t } = useTranslation('desk');
  const [managing, setManaging] = useState(false);
  const phrases = usePhrases().data?.phrases ?? [];
  return (
    <div className="phrases">
      <p className="secondary">
        {t('phrases.hint')}
        <Button size="small" type="link" onClick={() => setManaging(true)}>
          {t('phrases.manage')}
        </Button>
      </p>
      <ol>
        {rowsOf(phrases.slice(0, keyedPhrases)).map(({ id, phrase }) => (
          <li key={id}>
            <button type="button" className="phrase" title={`Alt+${id}`} onClick={() => onTake(phrase)}>
              <kbd>{id}</kbd>
              <span>{phrase.words}</span>
            </button>
          </li>
        ))}
      </ol>
      {managing && <PhrasesDialog onClose={() => setManaging(false)} />}
    </div>
  );
}
