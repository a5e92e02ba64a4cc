/** The words of a question: what is asked, where it comes from, what its rule is called. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hit } from '../../shared/checks/check.ts';
import type { RuleId } from '../../shared/checks/rule-ids.ts';
import { conditions } from '../../shared/template/template.ts';
import type { checks } from '../i18n/zh/checks.ts';

type Key = Extract<keyof typeof checks, `${string}.q`>;

/** Every fact a question may name; each names some of them. */
const unnamed = {
  quote: '',
  word: '',
  right: '',
  headings: '',
  matters: '',
  missing: '',
  pairs: '',
  from: '',
  to: '',
  count: 0,
  wanted: 0,
  least: 0,
  most: 0,
  percent: 0,
  mine: 0,
  said: 0,
  recorded: 0,
  speakers: 0,
  minutes: 0,
  year: 0,
  per: 0,
};

/** The key of a hit's question; rules that find several kinds of things have a question for each. */
export function questionKey({ rule, facts }: Pick<Hit, 'rule' | 'facts'>): Key {
  const form = facts['form'];
  // Every rule and form has its question: a test walks all of them.
  return (form === undefined ? `${rule}.q` : `${rule}.${form}.q`) as Key;
}

export function useCheckWords() {
  const { t, i18n } = useTranslation(['checks', 'common']);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the translator changes with the language; its identity may not
  return useMemo(
    () => ({
      question: (hit: Hit): string => {
        const matters = conditions
          .filter((condition) =>
            String(hit.facts['matters'] ?? '')
              .split(',')
              .includes(condition),
          )
          .map((condition) => t(`common:condition.${condition}`))
          .join(t('common:listSeparator'));
        const facts = { ...unnamed, quote: hit.quote, ...hit.facts, matters, count: Number(hit.facts['count'] ?? 0) };
        return t(`checks:${questionKey(hit)}`, facts);
      },
      source: (rule: RuleId): string => t(`checks:${rule}.source`),
      name: (rule: RuleId): string => t(`checks:${rule}.name`),
    }),
    [t, i18n.language],
  );
}
