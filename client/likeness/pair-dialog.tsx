/** 并排查看: the passage of this text on the left, what it resembles on the right, each with the words beside it. */
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDocumentContext } from '../documents/document-context.ts';
import { oneLine } from '../ui/use-words.ts';
import type { PassageGroup } from './group-passages.ts';
import { SectionOf, SourceWords } from './passage-card.tsx';

type Props = { readonly group: PassageGroup; readonly onClose: () => void };

export function PairDialog({ group, onClose }: Props) {
  const { t } = useTranslation(['common', 'likeness']);
  const { document } = useDocumentContext();
  const { place, passages } = group;
  const own =
    document.owner === null ? oneLine(document.title) : `${oneLine(document.title)}（${document.owner.name}）`;
  return (
    <Modal open width={980} title={t('likeness:pair.title')} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="pair">
        <section className="pair-side">
          <h3 className="pair-title">{t('likeness:pair.this')}</h3>
          <p className="passage-where">
            {own} · <SectionOf place={place} />
          </p>
          <p className="pair-words" lang="zh-CN">
            <SourceWords source={place} />
          </p>
        </section>
        <div className="pair-side">
          {passages.map(({ source, kind }) =>
            source === null ? null : (
              <section key={`${source.title} ${source.before} ${source.quote}`}>
                <h3 className="pair-title">{source.title}</h3>
                <p className="passage-where">
                  {t(`likeness:kind.${kind}`)}
                  {source.documentId !== null && (
                    <Link className="pair-open" to={`/documents/${source.documentId}`} target="_blank">
                      {t('likeness:pair.open')}
                    </Link>
                  )}
                </p>
                <p className="pair-words" lang="zh-CN">
                  <SourceWords source={source} />
                </p>
              </section>
            ),
          )}
        </div>
      </div>
    </Modal>
  );
}
