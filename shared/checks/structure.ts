/**
 * Structure and lengths: N1–N6, N8–N10, N17. Shares and counts are asked of a text whose parts have all been begun; while
 * it is being written they would only nag.
 */
import { countCharacters } from '../document/content.ts';
import { SELF } from './dictionaries.ts';
import { partsOf, quote } from './passages.ts';
import { about, everyKind, type Find, type Rule } from './rule.ts';
import type { CheckedText, Role } from './segment.ts';
import { threshold } from './settings.ts';

const dimensions = ['思想', '政治', '组织', '作风', '纪律'];

/** Asks only when every part has been begun. */
function whole(find: Find): Find {
  return (text, settings, context) => (text.complete ? find(text, settings, context) : []);
}

/** The share of these parts in the whole, in per cent. */
function share(text: CheckedText, roles: readonly Role[]): number {
  const characters = partsOf(text, roles).reduce((sum, part) => sum + part.characters, 0);
  return text.characters === 0 ? 0 : Math.round((100 * characters) / text.characters);
}

export const structureRules: readonly Rule[] = [
  {
    id: 'N1',
    severity: 'confirm',
    kinds: everyKind,
    find: (text) => {
      const empty = partsOf(text, ['problem']).filter(({ characters }) => characters === 0);
      const [first] = empty;
      if (first === undefined) return [];
      const keys = empty.map(({ key }) => key).join();
      const headings = empty.map(({ title }) => title).join('、');
      return [about(first.key, keys, { count: empty.length, headings, keys })];
    },
  },
  {
    id: 'N2',
    severity: 'hint',
    kinds: everyKind,
    find: whole((text, settings) => {
      const wanted = threshold(settings, 'N2.problems');
      return partsOf(text, ['problem'])
        .filter(({ items }) => items.length < wanted)
        .map(({ key, items }) => about(key, `${items.length}`, { count: items.length, wanted }));
    }),
  },
  {
    id: 'N3',
    severity: 'hint',
    kinds: everyKind,
    find: whole((text, settings) => {
      const [least, most] = [threshold(settings, 'N3.least'), threshold(settings, 'N3.most')];
      return partsOf(text, ['problem'])
        .flatMap(({ items }) => items)
        .map((item) => ({ item, count: countCharacters(item.whole) }))
        .filter(({ count }) => count < least || count > most)
        .map(({ item, count }) => quote(item, { count, least, most, form: count < least ? 'short' : 'long' }));
    }),
  },
  {
    id: 'N4',
    severity: 'hint',
    kinds: everyKind,
    find: whole((text, settings) => {
      const wanted = threshold(settings, 'N4.share');
      const percent = share(text, ['problem', 'cause']);
      return percent >= wanted ? [] : [about(null, 'little', { percent, wanted })];
    }),
  },
  {
    id: 'N5',
    severity: 'hint',
    kinds: everyKind,
    find: whole((text, settings) => {
      const most = threshold(settings, 'N5.share');
      const percent = share(text, ['opening']);
      const [opening] = partsOf(text, ['opening']);
      return opening === undefined || percent <= most ? [] : [about(opening.key, 'long', { percent, most })];
    }),
  },
  {
    id: 'N6',
    severity: 'hint',
    kinds: everyKind,
    find: whole((text, settings) => {
      const wanted = threshold(settings, 'N6.share');
      const percent = share(text, ['cause']);
      const [causes] = partsOf(text, ['cause']);
      return causes === undefined || percent >= wanted ? [] : [about(causes.key, 'thin', { percent, wanted })];
    }),
  },
  {
    id: 'N8',
    severity: 'hint',
    kinds: everyKind,
    find: whole((text, _settings, { quota: [least, most] }) => {
      const { characters } = text;
      if (characters >= least && characters <= most) return [];
      const form = characters < least ? 'short' : 'long';
      return [about(null, form, { form, count: characters, least, most })];
    }),
  },
  {
    id: 'N9',
    severity: 'hint',
    kinds: ['outline'],
    find: whole((text, settings) => {
      const items = partsOf(text, ['problem']).flatMap((part) => part.items);
      if (items.length === 0) return [];
      const mine = items.filter((item) => SELF.test(item.whole)).length;
      const percent = Math.round((100 * mine) / items.length);
      const wanted = threshold(settings, 'N9.share');
      return percent >= wanted ? [] : [about(null, `${mine}/${items.length}`, { mine, count: items.length, wanted })];
    }),
  },
  {
    id: 'N10',
    severity: 'hint',
    kinds: everyKind,
    find: (_text, _settings, context) => {
      const { dimensions: used } = context;
      const missing = used === undefined ? [] : dimensions.filter((name) => !used.includes(name));
      return missing.length === 0 ? [] : [about(null, missing.join(), { missing: missing.join('、') })];
    },
  },
  {
    id: 'N17',
    severity: 'hint',
    kinds: ['outline'],
    find: whole((text, settings, { speakers, criticism = [] }) => {
      const spoken = criticism.reduce((sum, each) => sum + countCharacters(each.text), 0);
      const perMinute = threshold(settings, 'N17.perMinute');
      const minutes = Math.round((text.characters * speakers + spoken) / perMinute);
      const most = threshold(settings, 'N17.minutes');
      return minutes <= most ? [] : [about(null, 'long', { minutes, most, speakers })];
    }),
  },
];
