/** What stands where no page is, and where a page broke outside of its own boundary. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Crash } from '../ui/error-boundary.tsx';
import { Page } from '../ui/page.tsx';
import { Nothing } from '../ui/view-state.tsx';

export function NotFoundPage() {
  const { t } = useTranslation(['common', 'app']);
  return (
    <Page title={t('app:notFound.title')} width="narrow">
      <div className="sheet">
        <Nothing title={t('app:notFound.words')} action={<Link to="/">{t('app:notFound.home')}</Link>} />
      </div>
    </Page>
  );
}

export function RouteCrash() {
  return <Crash />;
}
