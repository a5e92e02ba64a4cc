/**
 * [PP] 审改 at two browsers: the leader changes the submitted text itself and returns it; the author adopts one change, declines
 * one, adopts one in his own wording, is shown both readings where he wrote too, and submits again; the leader confirms what became
 * of one and opens one again.
 */
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { authorshipAnswer } from '../../shared/api/authorship.ts';
import { changesAnswer, proposalsAnswer } from '../../shared/api/proposals.ts';
import { remarksAnswer } from '../../shared/api/remarks.ts';
import { openBrowser, type Visitor } from '../support/browser.ts';
import { DemoOffice } from '../support/demo-office.ts';
import { submitConfirmed } from '../support/submit.ts';

let browser: Browser;
let office: DemoOffice;
let leader: Visitor;
let author: Visitor;
let outline: string;

beforeAll(async () => {
  office = await DemoOffice.open({ filled: true });
  browser = await openBrowser();
  outline = office.documentOf('zhaoliu');
  leader = await office.visit(browser, 'zhangsan');
  author = await office.visit(browser, 'zhaoliu');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await office?.close();
});

/** With PICTURES=<folder> every step leaves a picture of each page, to be looked at. */
const pictures = process.env['PICTURES'];
let step = 0;
afterEach(async () => {
  if (pictures === undefined) return;
  step += 1;
  for (const [name, { page }] of Object.entries({ leader, author })) {
    await page.screenshot({ path: join(pictures, `${String(step).padStart(2, '0')}-${name}.png`) });
  }
});

/** Writes over the first place where these words stand. */
async function overwrite(visitor: Visitor, quote: string, words: string): Promise<void> {
  await visitor.select(quote);
  if (words === '') await visitor.page.keyboard.press('Delete');
  else await visitor.page.keyboard.insertText(words);
}

/** The text of a section without what is only drawn there. */
const written = (visitor: Visitor, key: string) =>
  visitor.section(key).evaluate((section) => {
    const copy = section.cloneNode(true) as HTMLElement;
    for (const drawn of copy.querySelectorAll('.revision-out, .revision-gone, .proposed-in, [class*="caret"]'))
      drawn.remove();
    return copy.textContent ?? '';
  });

const card = (words: string): Locator => author.page.locator('[data-change]').filter({ hasText: words });
const press = (place: Locator, name: string) => place.getByRole('button', { name, exact: true }).click();

describe.sequential('proposals', { timeout: 90_000 }, () => {
  it('the leader switches to 审改 and sees his changes as he writes them', async () => {
    const { page } = leader;
    await leader.goTo(`/documents/${outline}`);
    await page.getByRole('button', { name: '审改', exact: true }).click();
    await leader.section('opening').getByText('我自学规定篇目').waitFor();
    await overwrite(leader, '我压了四', '我拖了四');
    await overwrite(leader, '只图省事', '没有替老人着想');
    await overwrite(leader, '责任心有所松懈', '对岗位责任看得轻了');
    await leader.enter('closing');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('以上发言，请同志们批评。');
    await leader.stored();
    const list = page.locator('[data-revisions] [data-change]');
    await expect.poll(() => list.count()).toBe(4);
    expect(await page.locator('.section-editor ins').allTextContents()).toContain('以上发言，请同志们批评。');
    expect(await page.locator('.section-editor del').allTextContents()).toContain('只图省事');
  });

  it('gives one a reason, leaves, and goes on where he was', async () => {
    const { page } = leader;
    const row = page.locator('[data-change]').filter({ hasText: '没有替老人着想' });
    await press(row, '写理由');
    await row.getByRole('textbox').fill('说到思想上去。');
    await page.keyboard.press('Control+Enter');
    await row.getByText('说到思想上去').waitFor();
    await page.keyboard.press('Alt+E');
    await page.getByText('选中文字即可批注').first().waitFor();
    expect(await written(leader, 'closing')).not.toContain('以上发言');
    await page.keyboard.press('Alt+E');
    await leader.section('closing').getByText('以上发言，请同志们批评。').waitFor();
    await expect.poll(() => page.locator('[data-revisions] [data-change]').count()).toBe(4);
    expect(await author.page.content()).not.toContain('没有替老人着想');
  });

  it('hands his changes over with the return', async () => {
    const { page } = leader;
    await page.getByRole('button', { name: '退回', exact: true }).click();
    await page.getByRole('radio', { name: '剖析不深不透' }).check();
    await page.getByRole('dialog').getByText('您审改的 4 处改动一并交给作者').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '退回', exact: true }).click();
    await page.getByText('已退回').first().waitFor();
  });

  it('shows the author a list beside his text and the changes in place', async () => {
    const { page } = author;
    await author.goTo(`/documents/${outline}`);
    await page.getByRole('button', { name: '处理审改（4 处）' }).click();
    await card('没有替老人着想').getByText('说到思想上去').waitFor();
    await expect.poll(() => page.locator('.proposed-block').count()).toBeGreaterThanOrEqual(4);
    await card('没有替老人着想').locator('.change-words').click();
    await page.locator('.proposed-in').getByText('没有替老人着想').waitFor();
  });

  it('[PP17] a click on a marked passage lights it and opens its card in the rail', async () => {
    const { page } = author;
    await card('以上发言').locator('.change-words').click();
    await page.getByRole('tab', { name: '批注', exact: true }).click();
    await page.locator('.proposed-words', { hasText: '只图省事' }).click();
    await page.getByRole('tab', { name: '审改', exact: true, selected: true }).waitFor();
    await card('没有替老人着想').and(page.locator('[data-active="true"]')).waitFor();
    await page.locator('.proposed-in').getByText('没有替老人着想').waitFor();
  });

  it('he adopts one, in a paragraph that he has changed meanwhile', async () => {
    await author.select('7月我定了在局院里集中领取');
    await author.page.keyboard.insertText('7月汛期里我定了在局院里集中领取');
    await press(card('没有替老人着想'), '采纳');
    await card('没有替老人着想').locator('[data-fate="adopted"]').waitFor();
    const text = await written(author, 'problems.a3');
    expect(text).toContain('我发放沙袋没有替老人着想');
    expect(text).toContain('7月汛期里我定了');
  });

  it('he adopts one in his own wording and declines one with a word', async () => {
    const added = card('以上发言');
    await press(added, '改后采纳');
    await added.getByRole('textbox').fill('以上发言如有不当，请同志们批评指正。');
    await press(added, '写入正文');
    await card('以上发言').locator('[data-fate="partly"]').waitFor();
    expect(await written(author, 'closing')).toContain('以上发言如有不当，请同志们批评指正。');
    const declined = card('我拖了四').or(card('拖了')).first();
    await press(declined, '不采纳');
    await declined.getByRole('textbox').fill('“压”字更准。');
    await author.page.keyboard.press('Control+Enter');
    await declined.getByText('“压”字更准').waitFor();
  });

  it('where both changed the same words he sees both readings and chooses', async () => {
    await author.select('责任心有所松懈');
    await author.page.keyboard.insertText('主动担责的劲头弱了');
    const both = card('看得轻了');
    await both.getByText('您现在的写法').waitFor();
    await both.getByText('主动担责的劲头弱了').waitFor();
    await press(both, '用审改的');
    await both.locator('[data-fate="adopted"]').waitFor();
    expect(await written(author, 'causes')).toContain('对岗位责任看得轻了');
  });

  it('the text is all his own hands’: adopted letters are recorded with his client id', async () => {
    const person = await office.signIn('zhaoliu');
    const { proposals } = await person.ask('GET', `/api/documents/${outline}/proposals`, proposalsAnswer);
    const path = `/api/proposals/${proposals[0]?.id}/changes`;
    const { changes } = await person.ask('GET', path, changesAnswer);
    expect(changes.map(({ note }) => note.fate).sort()).toEqual(['adopted', 'adopted', 'declined', 'partly']);
    // 没有替老人着想, 对岗位责任看得轻了, and of 以上发言，请同志们批评。 what he kept of it.
    const { report } = await person.ask('GET', `/api/documents/${outline}/authorship`, authorshipAnswer);
    expect(report.counts.adopted).toBeGreaterThanOrEqual(7 + 7);
    await author.page.getByRole('tab', { name: '亲笔', exact: true }).click();
    await author.page.locator('.hand').getByText('采纳审改写入').first().waitFor();
  });

  it('[PP15] he submits again once every change has its answer, one of them explained in the dialog', async () => {
    const { page } = author;
    await page.getByRole('tab', { name: '审改', exact: true }).click();
    await press(card('我拖了四').or(card('拖了')).first(), '改回未处理');
    await author.stored();
    const self = await office.signIn('zhaoliu');
    const { remarks } = await self.ask('GET', `/api/documents/${outline}/remarks`, remarksAnswer);
    for (const { id, fate } of remarks) {
      if (fate === 'open') await self.act('PUT', `/api/remarks/${id}/fate`, { fate: 'adopted' });
    }
    await page.getByRole('button', { name: '送审', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('审改还没有处理结果（1 处）').waitFor();
    const send = dialog.getByRole('button', { name: /确认送审|仍然送审/ });
    const checked = dialog.getByLabel('以上各处我已核对，情况属实');
    if ((await checked.count()) > 0) await checked.check();
    expect(await send.isDisabled()).toBe(true);
    await dialog.getByLabel(/对这一处/).fill('“压”字更准。');
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'submit-dialog.png') });
    await send.click();
    await page.getByText('审阅期间文字不能修改').first().waitFor();
  });

  it('[PP18] the leader goes through what became of them beside the new wording: Y confirms one, Alt+X opens one again', async () => {
    const { page } = leader;
    await leader.goTo(`/documents/${outline}`);
    const beside = (words: string) => page.locator('[data-beside]').filter({ hasText: words });
    const inHand = (words: string) => beside(words).and(page.locator('[data-active="true"]'));
    const walkTo = async (words: string) => {
      await beside(words).waitFor();
      for (let most = await page.locator('[data-beside], .comparison [data-change]').count(); most > 0; most -= 1) {
        await page.keyboard.press('n');
        if ((await inHand(words).count()) > 0) break;
      }
      await inHand(words).waitFor();
    };
    await walkTo('没有替老人着想');
    await page.keyboard.press('y');
    await beside('没有替老人着想').getByText('张三已认可').waitFor();
    await walkTo('以上发言');
    await page.keyboard.press('Alt+X');
    await beside('以上发言').getByRole('textbox').fill('“请同志们批评”就够了。');
    await page.keyboard.press('Control+Enter');
    await beside('以上发言').locator('[data-fate="open"]').waitFor();
    const told = card('以上发言').locator('.fate-reopened');
    await author.page.getByRole('tab', { name: '审改', exact: true }).click();
    await told.getByText('张三重新打开（原为“部分采纳”）').waitFor();
    await told.getByText('“请同志们批评”就够了。').waitFor();
  });

  it('sees them in the rail and before he approves too, with what is open, and which words were adopted', async () => {
    await leader.page.getByRole('tab', { name: '审改' }).click();
    const rail = leader.page.getByRole('tabpanel', { name: '审改' });
    await rail.locator('.remark-fate').getByText('“压”字更准').waitFor();
    await leader.page.getByText('4 处，1 处未处理').waitFor();
    await leader.page.getByRole('tab', { name: '亲笔', exact: true }).click();
    await leader.page.locator('.hand').getByText('采纳审改写入').first().waitFor();
    await leader.page.getByRole('button', { name: '审定', exact: true }).click();
    const dialog = leader.page.getByRole('dialog');
    await dialog.getByText('采纳 2 处，部分采纳 0 处，不采纳 0 处，说明 1 处').waitFor();
    await dialog.getByText('还有 1 处改动作者没有处理').waitFor();
    await leader.page.keyboard.press('Escape');
  });

  it('[PP16] when the author withdraws, the leader takes his changes over onto the next version', async () => {
    const { page } = leader;
    await page.getByRole('button', { name: '审改', exact: true }).click();
    await leader.section('closing').getByText('以上发言如有不当').waitFor();
    await overwrite(leader, '没有替老人着想', '没有想到老人');
    await overwrite(leader, '发言如有不当', '发言说得不透');
    await leader.stored();
    await expect.poll(() => page.locator('[data-revisions] [data-change]').count()).toBe(2);
    await page.keyboard.press('Alt+E');
    const self = await office.signIn('zhaoliu');
    await self.act('POST', `/api/documents/${outline}/withdraw`, {});
    await author.page.getByText('起草中').first().waitFor();
    const again = card('以上发言');
    await press(again, '不采纳');
    await again.getByRole('textbox').fill('想请大家放开讲。');
    await author.page.keyboard.press('Control+Enter');
    await again.locator('[data-fate="declined"]').waitFor();
    await overwrite(author, '发言如有不当', '几点讲错的地方');
    await author.stored();
    await submitConfirmed(self, outline);
    await leader.goTo(`/documents/${outline}?revise=1`);
    await page.getByText('上次的审改还没有交给作者').waitFor();
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'carry-offer.png') });
    await page.getByRole('button', { name: '带上这 2 处改动' }).click();
    await leader.section('problems.a3').locator('.revision-in').first().waitFor();
    expect(await written(leader, 'problems.a3')).toContain('没有想到老人');
    const left = page.locator('[data-left-behind]');
    await left.getByText('以下 1 处在这一版里找不到位置').waitFor();
    await left.getByText('不透').waitFor();
    expect(await written(leader, 'closing')).toContain('以上几点讲错的地方，请同志们批评指正。');
  });

  it('at 1024 pixels the acts of a long title stay at the right, on a line of their own too', async () => {
    const { page } = leader;
    await page.setViewportSize({ width: 1024, height: 768 });
    await leader.goTo(`/documents/${office.documentOf('team')}`);
    const acts = page.locator('.document-bar > .review-actions');
    await acts.waitFor();
    await page.getByRole('button', { name: '大字', exact: true }).click();
    const place = () =>
      acts.evaluate((element) => {
        const [box, name] = [element, document.querySelector('.document-name')].map((e) => e?.getBoundingClientRect());
        return { right: innerWidth - (box?.right ?? 0), below: (box?.top ?? 0) >= (name?.bottom ?? 0) };
      });
    await expect.poll(async () => (await place()).below).toBe(true);
    expect((await place()).right).toBeLessThan(40);
  });

  it('left no error in any page', () => {
    expect([...author.errors, ...leader.errors]).toEqual([]);
  });
});
