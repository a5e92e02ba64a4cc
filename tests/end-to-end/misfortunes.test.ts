/**
 * Honest misfortunes, at real browsers: a machine too slow to draw, a line that dies without a word, a session that ends, a
 * text that went on without its author. Each time nothing is lost, and the page says what is true.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type Visitor } from '../support/browser.ts';
import { DemoOffice } from '../support/demo-office.ts';

let browser: Browser;
let office: DemoOffice;
let author: Visitor;

beforeAll(async () => {
  office = await DemoOffice.open({ filled: false });
  browser = await openBrowser();
  author = await office.visit(browser, 'lisi');
});

afterAll(async () => {
  await browser?.close();
  expect(await office?.close()).toBe(0);
});

const outline = () => office.documentOf('lisi');

describe.sequential('a machine under load', () => {
  it('takes letters that come faster than it can draw, and breaks nothing', async () => {
    const { page } = author;
    await author.goTo(`/documents/${outline()}`);
    await author.enter('opening');
    await page.keyboard.type('始');
    // Only promises run between these letters: the browser gets to nothing else, drawing included.
    await page.evaluate(async () => {
      for (let letter = 0; letter < 120; letter += 1) {
        document.execCommand('insertText', false, '字');
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      }
    });
    await author.stored();
    expect((await author.texts())['opening']).toBe(`始${'字'.repeat(120)}`);
    expect(author.errors).toEqual([]);
  });
});
