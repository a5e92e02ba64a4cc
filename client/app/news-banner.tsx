/** A quiet strip under the top bar: what has newly come to me, with the way to it. */
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSignedIn } from '../ui/me.ts';
import { oneLine } from '../ui/use-words.ts';
import { useNews } from './use-news.ts';

const shownAtOnce = 3;

export function NewsBanner() {
  const { t } = useTranslation(['common', 'app']);
  const { account } = useSignedIn();
  const { pathname } = useLocation();
  const { news, setAside } = useNews(
    account.name,
    (item) => pathname === '/' || pathname.startsWith(`/documents/${item.documentId}`),
  );
  return (
    <div role="status" aria-live="polite">
      {news.length > 0 && (
        <div className="news">
          <ul className="news-list">
            {news.slice(0, shownAtOnce).map(({ kind, item }) => (
              <li key={item.documentId}>
                {t(`app:news.${kind}`, {
                  owner: item.ownerName,
                  title: oneLine(item.title),
                  count: kind === 'changes' ? item.openChanges : item.openRemarks,
                })}
                <Link to={`/documents/${item.documentId}`}>{t('app:news.open')}</Link>
              </li>
            ))}
            {news.length > shownAtOnce && (
              <li>
                {t('app:news.more', { count: news.length - shownAtOnce })}
                <Link to="/">{t('app:nav.work')}</Link>
              </li>
            )}
          </ul>
          <Button type="text" icon={<CloseOutlined />} aria-label={t('app:news.setAside')} onClick={setAside} />
        </div>
      )}
    </div>
  );
}
