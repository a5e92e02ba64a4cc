/** An outline in the office world that its reviewer has changed in two places and returned. */
import { type ChangeNote, changesAnswer, proposalAnswer } from '../../shared/api/proposals.ts';
import type { DocumentId, MeetingId, ProposalId } from '../../shared/ids.ts';
import { OfficePage } from './office-page.ts';
import { type Answer, type Name, OfficeWorld } from './office-world.ts';

export class HandedOver {
  readonly world: OfficeWorld;
  readonly meetingId: MeetingId;
  readonly outline: DocumentId;
  readonly path: string;
  readonly proposal: ProposalId;

  private constructor(world: OfficeWorld, meetingId: MeetingId, outline: DocumentId, proposal: ProposalId) {
    this.world = world;
    this.meetingId = meetingId;
    this.outline = outline;
    this.path = `/api/documents/${outline}`;
    this.proposal = proposal;
  }

  static async open(): Promise<HandedOver> {
    const world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
    const { id: meetingId } = await world.meet();
    const outline = await world.documentOf(meetingId, 'lisi');
    const page = await OfficePage.open(world, 'lisi', outline);
    page.type('我抓工程质量有偏差，对分包单位监管不严。');
    page.type('我对合同管理抓得不细。', { key: 'closing' });
    await page.stored();
    page.leave();
    await world.act('lisi', 'POST', `/api/documents/${outline}/submit`);
    return new HandedOver(world, meetingId, outline, await handOver(world, outline));
  }

  submit = (): Promise<Answer> => this.world.ask('lisi', 'POST', `${this.path}/submit`);
  explain = (body: unknown): Promise<Answer> =>
    this.world.ask('lisi', 'PUT', `${this.path}/changes/explanations`, body);
  giveBack = (): Promise<unknown> =>
    this.world.act('zhangsan', 'POST', `${this.path}/return`, { reason: 'lacks_facts', words: '' });
  fate = (key: string, body: unknown): Promise<Answer> =>
    this.world.ask('lisi', 'PUT', `/api/changes/${key}/fate`, body);
  confirm = (who: Name, key: string, body: unknown): Promise<Answer> =>
    this.world.ask(who, 'PUT', `/api/changes/${key}/confirmation`, body);

  async answer(who: Name = 'lisi') {
    return this.world.get(changesAnswer, who, `/api/proposals/${this.proposal}/changes`);
  }

  async notes(who: Name = 'lisi'): Promise<ChangeNote[]> {
    return (await this.answer(who)).changes.map(({ note }) => note);
  }

  async note(nth = 0, who: Name = 'lisi'): Promise<ChangeNote> {
    const note = (await this.notes(who))[nth];
    if (note === undefined) throw new Error(`no change ${nth}`);
    return note;
  }
}

async function handOver(world: OfficeWorld, outline: DocumentId): Promise<ProposalId> {
  const path = `/api/documents/${outline}`;
  const { proposal } = proposalAnswer.parse(await world.act('zhangsan', 'POST', `${path}/proposals`));
  const page = await OfficePage.open(world, 'zhangsan', proposal.id);
  page.type('监管流于形式', { instead: '监管不严' });
  page.type('三份协议没有送审。', { key: 'closing' });
  await page.stored();
  page.leave();
  await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
  return proposal.id;
}
