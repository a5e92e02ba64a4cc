/**
 * What the state of this document means for the person who looks at it, in one or two sentences, with the one thing to do
 * now. Nothing while a text is simply being drafted.
 */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRemarks } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { ProposedAct } from '../proposals/proposed-acts.tsx';
import { useWords } from '../ui/use-words.ts';
import { useAuthorName } from './author-name.ts';
import { BookmarkLine } from './bookmark-line.tsx';
import { NextText } from './next-text.tsx';
import { nameOf } from './people.ts';
import { decides } from './reading.ts';
import { countOpen } from './remark-order.ts';
import './review.css';
import { useComparison } from './use-comparison.ts';
import { useReading } from './use-reading.ts';

export function StatusNotice() {
  return (
    <>
      <ByState />
      <BookmarkLine />
    </>
  );
}

function ByState() {
  const { document } = useDocumentContext();
  switch (document.lifecycle.state) {
    case 'drafting':
      return <DraftingNotice />;
    case 'in_review':
      return <InReviewNotice />;
    case 'returned':
      return <ReturnedNotice />;
    case 'approved':
    case 'filed':
      return <DecidedNotice />;
  }
}

function Notice({ waitsForMe, children, act }: { waitsForMe?: boolean; children: ReactNode; act?: ReactNode }) {
  return (
    <div className="status-notice" data-waits-for-me={waitsForMe === true} role="status">
      <div className="status-notice-words">{children}</div>
      {act}
    </div>
  );
}

function DraftingNotice() {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const author = useAuthorName();
  if (document.lifecycle.round === 0) return null;
  if (document.may.includes('write')) return <Notice waitsForMe>{t('notice.withdrawn.author')}</Notice>;
  return <Notice>{t('notice.withdrawn.reader', { name: author })}</Notice>;
}

function InReviewNotice() {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const words = useWords();
  const { lifecycle, round, reviewers, may, selfReviewed } = document;
  if (lifecycle.state !== 'in_review') return null;
  if (decides(document)) {
    const facts = { name: nameOf(document, lifecycle.submitterId), moment: words.moment(lifecycle.at), round };
    return (
      <Notice
        waitsForMe
        act={
          <>
            <SinceAct />
            <NextText />
          </>
        }
      >
        <p>{selfReviewed ? t('notice.in_review.self', facts) : t('notice.in_review.reviewer', facts)}</p>
        <Since />
      </Notice>
    );
  }
  const facts = { round, reviewers: words.list(reviewers) };
  const follows = may.includes('reply') || may.includes('withdraw');
  return (
    <Notice act={<RemarksAct />}>
      {follows ? t('notice.in_review.author', facts) : t('notice.in_review.reader', facts)}
    </Notice>
  );
}

/** What a reviewer has not read yet: resubmitted while the page stood open, or since his last reading. */
function Since() {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const author = useAuthorName();
  const { baseline, stale } = useReading();
  const { pair } = useComparison();
  const current = document.currentVersion?.number;
  if (stale) return <p>{t('notice.changed', { name: author, number: current ?? '' })}</p>;
  if (baseline === null || baseline.to !== current || pair !== null) return null;
  return <p>{t('notice.since', baseline)}</p>;
}

function SinceAct() {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const { baseline, seen, stale } = useReading();
  const { pair, compare } = useComparison();
  const current = document.currentVersion?.number;
  const unread = stale && seen !== null && current !== undefined ? { from: seen.number, to: current } : null;
  const since = unread ?? (baseline?.to === current ? baseline : null);
  if (since === null || since === undefined || (pair?.from === since.from && pair.to === since.to)) return null;
  return (
    <Button size="small" title="C" onClick={() => compare(since)}>
      {t('notice.since.look')}
    </Button>
  );
}

/** 2 条批注待处理, and the way to them. */
function RemarksAct() {
  const { t } = useTranslation('review');
  const { openRail, document } = useDocumentContext();
  const open = countOpen(useRemarks(document.id).data ?? []);
  if (open === 0) return null;
  return (
    <Button size="small" onClick={() => openRail('remarks')}>
      {t('notice.open.look')}
    </Button>
  );
}

function ReturnedNotice() {
  const { t } = useTranslation(['review', 'common']);
  const { document } = useDocumentContext();
  const author = useAuthorName();
  const open = countOpen(useRemarks(document.id).data ?? []);
  const { lifecycle, may } = document;
  if (lifecycle.state !== 'returned') return null;
  const mine = may.includes('write');
  const reason = t(`common:reason.${lifecycle.reason}`);
  const reopened = lifecycle.reason === 'approval_void';
  const first = mine
    ? t(reopened ? 'notice.void.author' : 'notice.returned.author', { name: nameOf(document, lifecycle.by), reason })
    : t(reopened ? 'notice.void.reviewer' : 'notice.returned.reviewer', { name: author, reason });
  return (
    <Notice
      waitsForMe={mine}
      act={
        mine ? (
          <>
            <ProposedAct />
            <RemarksAct />
          </>
        ) : (
          <NextText />
        )
      }
    >
      <p>
        {first}
        {open > 0 && <span className="status-notice-count">{t('notice.open', { count: open })}</span>}
      </p>
      {lifecycle.words !== '' && <p className="status-notice-quote">{lifecycle.words}</p>}
    </Notice>
  );
}

function DecidedNotice() {
  const { t } = useTranslation('review');
  const { document } = useDocumentContext();
  const words = useWords();
  const { lifecycle, selfReviewed, currentVersion } = document;
  if (lifecycle.state === 'approved') {
    const facts = {
      number: currentVersion?.number ?? '',
      name: nameOf(document, lifecycle.approverId),
      moment: words.moment(lifecycle.at),
    };
    return (
      <Notice act={<NextText />}>
        {selfReviewed ? t('notice.approved.self', facts) : t('notice.approved', facts)}
      </Notice>
    );
  }
  if (lifecycle.state !== 'filed') return null;
  const facts = {
    file: lifecycle.fileNumber,
    day: words.day(lifecycle.fileDate),
    name: nameOf(document, lifecycle.approverId),
  };
  return <Notice>{selfReviewed ? t('notice.filed.self', facts) : t('notice.filed', facts)}</Notice>;
}
