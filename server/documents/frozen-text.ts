/**
 * Makes the frozen text of a document: title lines, author and date as printed, sections and content. From here on a
 * version needs neither template nor meeting. The hash is taken over the canonical spelling of it.
 */
import { createHash } from 'node:crypto';
import { countSection, type SectionContent } from '../../shared/document/content.ts';
import type { FrozenText } from '../../shared/document/frozen-text.ts';
import { canonicalText } from '../../shared/official/canonical.ts';
import { type Document, documentName } from './document-facts.ts';

export function freezeText(document: Document, content: readonly SectionContent[]): FrozenText {
  const { meeting, sections } = document;
  return {
    title: titleLines(document),
    byline: byline(document),
    dateLine: dateLine(meeting.row.date),
    sections: [...sections],
    content: [...content],
  };
}

/**
 * The title as printed. The team material names its organ in a line of its own, so 领导班子 is not said a second time.
 */
export function titleLines(document: Document): string[] {
  const { meeting, row } = document;
  const name = documentName(document);
  if (row.kind === 'outline') return [meeting.row.title + name];
  return [organ(meeting.unit.name), meeting.row.title + name.replace(/^领导班子/, '')];
}

/** The Party organ of a unit: 中共XX市XX局党组. A unit that is entered under its organ's own name keeps it. */
export function organ(unitName: string): string {
  const head = unitName.startsWith('中共') || unitName.startsWith('中国共产党') ? '' : '中共';
  const tail = /(党组|党委|党工委|委员会|总支|支部)$/.test(unitName) ? '' : '党组';
  return head + unitName + tail;
}

function byline({ owner, meeting }: Document): string {
  if (owner === undefined) return '';
  const unit = owner.duty.startsWith(meeting.unit.name) ? '' : meeting.unit.name;
  return `${unit}${owner.duty} ${owner.name}`;
}

/** （2022年1月20日）; empty while the date is 待定. */
export function dateLine(date: string | null): string {
  if (date === null) return '';
  const [year, month, day] = date.split('-').map(Number);
  return `（${year}年${month}月${day}日）`;
}

/** Of all bodies together. */
export function countText(text: Pick<FrozenText, 'content'>): number {
  return text.content.reduce((sum, section) => sum + countSection(section), 0);
}

/** The hash a version bears and an approval binds to. */
export function hashText(text: FrozenText): string {
  return createHash('sha256').update(canonicalText(text), 'utf8').digest('hex');
}
