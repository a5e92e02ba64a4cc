/** The page of one document, by the id in its address. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { type DocumentId, isId } from '../../shared/ids.ts';
import { useDocument } from '../api/queries.ts';
import { useSignedIn } from '../ui/me.ts';
import { namePage } from '../ui/page-title.ts';
import { oneLine } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { DocumentDesk } from './document-desk.tsx';
import './documents.css';

export function DocumentPage() {
  const { t } = useTranslation('editor');
  const { id = '' } = useParams();
  if (isId('doc', id)) return <DocumentById key={id} id={id} />;
  return <Nothing title={t('end.4404')}>{t('end.4404.words')}</Nothing>;
}

function DocumentById({ id }: { readonly id: DocumentId }) {
  const { account } = useSignedIn();
  const query = useDocument(id);
  const { data } = query;
  const name = data === undefined ? '' : [data.owner?.name ?? '', oneLine(data.title)].filter(Boolean).join(' · ');
  useEffect(() => namePage(name), [name]);
  return (
    <Loaded query={query} what="document">
      {(document) => <DocumentDesk document={document} me={account} />}
    </Loaded>
  );
}
