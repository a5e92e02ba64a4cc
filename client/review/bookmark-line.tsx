/** Says that the page has returned to where this reader stopped, and offers the beginning. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWords } from '../ui/use-words.ts';
import { useBookmark } from './use-bookmark.ts';

export function BookmarkLine() {
  const { t } = useTranslation('desk');
  const words = useWords();
  const { at, forget } = useBookmark();
  if (at === null) return null;
  const begin = () => {
    window.scrollTo({ top: 0 });
    forget();
  };
  return (
    <p className="bookmark-line" role="status">
      {t('bookmark', { moment: words.moment(at) })}
      <Button size="small" type="link" onClick={begin}>
        {t('bookmark.begin')}
      </Button>
    </p>
  );
}
