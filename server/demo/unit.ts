/**
 * The fictional unit the demo shows: its people, its meeting, and what has been written when somebody first looks in. One
 * text stands at each step of the way, so everybody who signs in finds something to do.
 */
import type { Role } from '../../shared/access/can.ts';
import type { Condition } from '../../shared/template/template.ts';
import type { SampleName } from './sample.ts';

export const unitName = 'XX市XX局';

export type DemoPerson = {
  readonly username: string;
  readonly name: string;
  readonly duty: string;
  readonly position: Role;
  /** What this person's outline must speak to. */
  readonly conditions: readonly Condition[];
  /** An appointed drafter of the team material. */
  readonly drafter: boolean;
};

export const administrator = { username: 'admin', name: '系统管理员' } as const;

export const people: readonly DemoPerson[] = [
  person('zhangsan', '张三', '党组书记、局长', 'leader', ['personal_matters', 'audit']),
  person('lisi', '李四', '党组成员、副局长', 'member', ['personal_matters', 'accountability']),
  person('wangwu', '王五', '党组成员、副局长', 'member', ['personal_matters', 'complaints'], true),
  person('zhaoliu', '赵六', '党组成员、副局长', 'member', ['personal_matters'], true),
  person('qianqi', '钱七', '党组成员、纪检组组长', 'member', ['personal_matters']),
  person('office', '局办公室', '办公室', 'office', []),
  person('dudao', '督导组', '市委督导组', 'supervisor', []),
];

export const meeting = {
  templateYear: 2021,
  kind: 'topical',
  title: '2021年度党史学习教育专题民主生活会',
  year: 2021,
  date: '2022-01-20',
  place: '局三楼会议室',
  leaderReview: 'supervisor',
  teamConditions: ['audit', 'inspection'] as readonly Condition[],
} as const;

/** What the office has loaded into the reference library. */
export const reference = {
  kind: 'notice',
  title: '关于开好2021年度党史学习教育专题民主生活会的通知（摘录）',
  text: [
    '各县（市、区）委，市直各单位党组（党委）：',
    '一、会前准备。组织党员领导干部学习指定篇目，广泛听取党员、群众的意见建议，原汁原味向本人反馈；主要负责同志同班子成员之间、班子成员相互之间、班子成员同分管单位负责人之间要普遍谈心。',
    '二、撰写材料。对照检查材料由本人动手撰写，联系具体人、具体事，从思想根源上找原因。上一年度整改任务完成到哪一步，要如实通报。',
    '三、严肃开展批评和自我批评。防止以班子问题代替个人问题，防止以讲道理代替摆问题，防止以工作希望代替批评意见。',
    '四、抓好整改。能够当下改的立即改，一时解决不了的列出阶段目标，结果向本单位党员、群众公布。',
  ].join('\n'),
} as const;

/** How far a text has come. */
export type Progress = 'draft' | 'submitted' | 'approved';

/** A text that is there from the start: whose it is (nobody's: the team material) and how far it has come. */
export type DemoText = {
  readonly sample: SampleName;
  readonly owner: string | undefined;
  /** Who types it. */
  readonly writer: string;
  readonly progress: Progress;
  /** What the leader has remarked on it since it was submitted. */
  readonly remarks?: readonly { readonly quote: string; readonly words: string }[];
};

export const texts: readonly DemoText[] = [
  { sample: 'outline-zhangsan-2021', owner: 'zhangsan', writer: 'zhangsan', progress: 'draft' },
  { sample: 'outline-lisi-2021', owner: 'lisi', writer: 'lisi', progress: 'draft' },
  {
    sample: 'outline-zhaoliu-2021',
    owner: 'zhaoliu',
    writer: 'zhaoliu',
    progress: 'submitted',
    remarks: [
      { quote: '我压了四个月', words: '当时是怎么考虑的？请把思想上的原因也写出来。' },
      { quote: '都是我口头答应的', words: '两批物资的时间、品名请写具体，同整改措施第4条对应起来。' },
    ],
  },
  { sample: 'outline-qianqi-2021', owner: 'qianqi', writer: 'qianqi', progress: 'approved' },
  { sample: 'team-material-2021', owner: undefined, writer: 'wangwu', progress: 'draft' },
];

/** The conditions a sample text was written under. */
export function conditionsOf(sample: SampleName): readonly Condition[] {
  const owner = texts.find((text) => text.sample === sample)?.owner;
  if (owner === undefined) return meeting.teamConditions;
  return people.find((candidate) => candidate.username === owner)?.conditions ?? [];
}

function person(
  username: string,
  name: string,
  duty: string,
  position: Role,
  conditions: readonly Condition[],
  drafter = false,
): DemoPerson {
  return { username, name, duty, position, conditions, drafter };
}
