import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resources } from '../client/i18n/i18n.ts';
import { errorCodes } from '../shared/api/errors.ts';
import { filesBelow, withoutComments } from './support/sources.ts';

const namespaces = Object.keys(resources.zh) as (keyof typeof resources.zh)[];

/** A namespace as plain entries. */
function words(language: keyof typeof resources, namespace: keyof typeof resources.zh): [string, string][] {
  return Object.entries<string>(resources[language][namespace]);
}

const han = /\p{Script=Han}/u;
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').toSorted();

/** English sentences may quote a Chinese term in quotation marks or brackets, and languages are named in themselves. */
const withoutQuotations = (text: string) => text.replace(/“[^”]*”|"[^"]*"|\([^)]*\)|（[^）]*）|《[^》]*》/g, '');

/** Dates are put together from different parts in the two languages. */
const isDate = (key: string) => /^(?:day|moment)\./.test(key);

describe.each(namespaces)('the words of %s', (namespace) => {
  const chinese = words('zh', namespace);
  const english = words('en', namespace);

  test('have the same keys in both languages', () => {
    expect(english.map(([key]) => key).toSorted()).toEqual(chinese.map(([key]) => key).toSorted());
  });

  test('are nowhere empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('have the same placeholders in both languages', () => {
    const inEnglish = new Map(english);
    expect(
      chinese
        .filter(([key]) => !isDate(key))
        .filter(([key, text]) => placeholders(text).join() !== placeholders(inEnglish.get(key) ?? '').join()),
    ).toEqual([]);
  });

  test('are English in the English interface', () => {
    expect(english.filter(([key, text]) => han.test(withoutQuotations(text)) && !/language/i.test(key))).toEqual([]);
  });
});

describe('every refusal', () => {
  test('has a sentence of its own in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const sentences: Readonly<Record<string, string>> = resources[language].errors;
      expect(errorCodes.filter((code) => sentences[code] === undefined)).toEqual([]);
      expect(sentences['offline']).toBeDefined();
    }
  });
});

describe('the screens', () => {
  test('take their Chinese words from the word lists', () => {
    const hardCoded = filesBelow('client', '.tsx').flatMap((file) =>
      withoutComments(readFileSync(file, 'utf8'))
        .split('\n')
        // A language is called by its own name in every language.
        .filter((line) => han.test(line.replace(`'中文'`, '')))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(hardCoded).toEqual([]);
  });
});
