import { expect, test } from 'vitest';
import { readSample, sampleNames } from '../../../server/demo/sample.ts';
import { toOfficialText } from '../../../shared/official/official-text.ts';
import { toPlainText } from '../../../shared/official/plain-text.ts';
import { frozenSample } from '../../support/frozen.ts';

test.each(sampleNames)('%s frozen and printed is the sample, character by character', (name) => {
  expect(toPlainText(toOfficialText(frozenSample(name)))).toBe(readSample(name));
});
