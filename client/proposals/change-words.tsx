/** One change in words: what it is, what goes and what comes, readable without colour. */
import { useTranslation } from 'react-i18next';
import type { Change } from '../../shared/api/proposals.ts';
import { blockText } from '../../shared/document/content.ts';
import type { Proposed } from '../../shared/proposals/changes.ts';
import { textOf } from '../../shared/proposals/letters.ts';
import { contextOf } from './context.ts';

/** With a few words around it, where it is inside a paragraph. */
export function ChangeWords({ change, proposed }: { readonly change: Change; readonly proposed: Proposed }) {
  const { before, after } = contextOf(proposed, change);
  return (
    <span className="change-text">
      {before !== '' && <span className="change-context">{before}</span>}
      <BareWords change={change} />
      {after !== '' && <span className="change-context">{after}</span>}
    </span>
  );
}

/** Its words alone. */
export function BareWords({ change }: { readonly change: Change }) {
  const { t } = useTranslation('proposals');
  switch (change.kind) {
    case 'edited':
      return (
        <>
          {change.before.length > 0 && <del>{textOf(change.before)}</del>}
          {change.after.length > 0 && <ins>{textOf(change.after)}</ins>}
        </>
      );
    case 'added':
      return <ins>{blockText(change.block) || t('change.emptyLine')}</ins>;
    case 'removed':
      return <del>{blockText(change.block) || t('change.emptyLine')}</del>;
    case 'strong':
    case 'form':
      return <span>{change.words || t('change.emptyLine')}</span>;
    case 'moved':
      return <span>{blockText(change.block) || t('change.emptyLine')}</span>;
  }
}

/** What kind of change it is, in a word: 改, 增, 删, 移, 加粗, 编号. */
export function useChangeKind(): (change: Change) => string {
  const { t } = useTranslation('proposals');
  return (change) => {
    switch (change.kind) {
      case 'edited':
        if (change.rewritten) return t('kind.rewritten');
        if (change.before.length === 0) return t('kind.put');
        return change.after.length === 0 ? t('kind.taken') : t('kind.edited');
      case 'strong':
        return t(change.strong ? 'kind.strong' : 'kind.plain');
      case 'form':
        return t(change.to === 'item' ? 'kind.item' : 'kind.paragraph');
      default:
        return t(`kind.${change.kind}`);
    }
  };
}
