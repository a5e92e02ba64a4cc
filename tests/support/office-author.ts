/** An author at his page in the office world: the client's room and editors over the real server's rooms. */
import type { DocumentId } from '../../shared/ids.ts';
import { bodyKeys, type Section } from '../../shared/template/sections.ts';
import { Machine } from '../client/room/page.ts';
import { EditorPage } from './editor-page.ts';
import { turns } from './editor-server.ts';
import type { Name, OfficeWorld } from './office-world.ts';
import { Random } from './random.ts';

export class OfficeAuthor {
  readonly page: EditorPage;
  readonly #world: OfficeWorld;

  private constructor(world: OfficeWorld, page: EditorPage) {
    this.#world = world;
    this.page = page;
  }

  /** Opens the text and waits until it is there. */
  static async open(
    world: OfficeWorld,
    who: Name,
    documentId: DocumentId,
    sections: readonly Section[],
  ): Promise<OfficeAuthor> {
    const userId = world.people[who].id;
    const server = {
      registry: world.rooms,
      documentId,
      keys: bodyKeys(sections),
      levels: new Map([[userId, 'write' as const]]),
      clock: world.clock,
      starts: 1,
      witness: () => undefined,
    };
    const author = new OfficeAuthor(world, new EditorPage(server, who, userId, new Machine(), new Random(1)));
    await author.settle();
    return author;
  }

  /** Everything on the way arrives, in both directions. */
  async settle(): Promise<void> {
    const { line } = this.page;
    for (let round = 0; round < 12; round += 1) {
      line.dial();
      await turns(4);
      line.deliver(1_000, 1_000);
      await this.#world.rooms.idle();
    }
  }

  section(key: string) {
    return this.page.desk.section(key);
  }

  close(): void {
    this.page.close();
  }
}
