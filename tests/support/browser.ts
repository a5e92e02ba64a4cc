/** People at real browsers: one Chromium, one context a person, every page's errors kept and asked for at the end. */
import { type Browser, type BrowserContext, chromium as driver, type Page } from 'playwright-core';
import { chromium, chromiumArguments } from './chromium.ts';

export const desktop = { width: 1440, height: 900 } as const;

export async function openBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: chromium(), args: chromiumArguments });
}

export type Account = { readonly username: string; readonly password: string };

/** A person with a browser of his own. */
export class Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page's scripts, each with its page and its stack; a good story leaves it empty. */
  readonly errors: string[] = [];
  readonly #url: string;

  private constructor(url: string, context: BrowserContext, page: Page) {
    this.#url = url;
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(`${page.url()}\n${error.stack ?? String(error)}`));
  }

  static async arrive(browser: Browser, url: string, viewport: { width: number; height: number } = desktop) {
    const context = await browser.newContext({ viewport, acceptDownloads: true });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return new Visitor(url, context, page);
  }

  async signIn({ username, password }: Account): Promise<void> {
    await this.goTo('/');
    await this.page.getByLabel('用户名').fill(username);
    await this.page.getByLabel('密码').fill(password);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('navigation').getByRole('link', { name: '会议', exact: true }).waitFor();
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
  }

  /** The editor of one section. */
  section(key: string) {
    return this.page.locator(`section[data-section="${key}"] .ProseMirror`);
  }

  /** Puts the caret at the end of a section. */
  async enter(key: string): Promise<void> {
    await this.section(key).click();
    await this.page.keyboard.press('Control+End');
  }

  async paste(text: string): Promise<void> {
    await this.page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await this.page.keyboard.press('Control+V');
  }

  /** Selects words of the text with the mouse's result: the first place where `quote` stands within one block. */
  async select(quote: string): Promise<void> {
    await this.page.evaluate((words) => {
      for (const block of document.querySelectorAll('.ProseMirror > *')) {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const nodes: Text[] = [];
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node as Text);
        const start = nodes
          .map((node) => node.data)
          .join('')
          .indexOf(words);
        if (start < 0) continue;
        const at = (offset: number): [Text, number] => {
          let left = offset;
          for (const node of nodes) {
            if (left <= node.length) return [node, left];
            left -= node.length;
          }
          throw new Error('beyond the block');
        };
        block.scrollIntoView({ block: 'center' });
        getSelection()?.setBaseAndExtent(...at(start), ...at(start + words.length));
        (block.closest('.ProseMirror') as HTMLElement).focus();
        return;
      }
      throw new Error(`the text has no “${words}”`);
    }, quote);
  }

  /** Waits until the page says that everything is in the database. */
  async stored(): Promise<void> {
    await this.page
      .getByText(/^已入库 \d+ 字/)
      .first()
      .waitFor();
  }

  /** The body texts of all sections as the page shows them, one block a line. */
  async texts(): Promise<Record<string, string>> {
    return this.page.evaluate(() => {
      const found: Record<string, string> = {};
      for (const section of document.querySelectorAll('section[data-section]')) {
        const blocks = [...section.querySelectorAll('.ProseMirror > *')];
        // Carets of colleagues are drawn inside the text; they are not of it.
        const words = blocks.map((block) => {
          const copy = block.cloneNode(true) as HTMLElement;
          for (const caret of copy.querySelectorAll('[class*="caret"], .ProseMirror-separator')) caret.remove();
          return copy.textContent ?? '';
        });
        found[section.getAttribute('data-section') ?? ''] = words.join('\n');
      }
      return found;
    });
  }

  /** The bytes of the file a click brings. */
  async download(click: () => Promise<void>): Promise<Uint8Array> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), click()]);
    const stream = await download.createReadStream();
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
