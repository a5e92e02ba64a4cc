/** What was said and done about a remark's fate so far, one line an act; folded while it is only what stands above. */
import { useTranslation } from 'react-i18next';
import type { Remark } from '../../shared/api/remarks.ts';
import { useWords } from '../ui/use-words.ts';

export function RemarkHistory({ remark }: { readonly remark: Remark }) {
  const { t } = useTranslation(['desk', 'review']);
  const words = useWords();
  const { history } = remark;
  const told = history.length < 2 && remark.fate !== 'open';
  if (history.length === 0 || told) return null;
  return (
    <details className="remark-history">
      <summary>{t('history', { count: history.length })}</summary>
      <ol>
        {history.map(({ act, fate, words: said, by, at }) => (
          <li key={`${at} ${act} ${fate}`}>
            <p className="remark-by">
              {t(`history.${fate === 'open' && act === 'set' ? 'open' : act}`, {
                name: by.name,
                fate: t(`review:fate.${fate}`),
                moment: words.moment(at),
              })}
            </p>
            {said !== '' && <p className="remark-words">{said}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
