/** What a remark is, as a word with a sign: 问题 !, 建议 →, 疑问 ?, 表扬 +. */
import { useTranslation } from 'react-i18next';
import type { RemarkKind } from '../../shared/api/remarks.ts';

const signs: Readonly<Record<RemarkKind, string>> = { problem: '!', suggestion: '→', question: '?', praise: '+' };

export function RemarkKindMark({ kind, basis = '' }: { readonly kind: RemarkKind; readonly basis?: string }) {
  const { t } = useTranslation('desk');
  return (
    <p className="remark-kind" data-kind={kind}>
      <span className="remark-kind-sign" aria-hidden="true">
        {signs[kind]}
      </span>
      {t(`kind.${kind}`)}
      {basis !== '' && <span className="remark-basis">{t('basis', { basis })}</span>}
    </p>
  );
}
