/**
 * The writing again, in the place of the text: the words that stand appear at their places in the order they came. Space
 * plays and pauses, arrows step, Esc returns to the text.
 */
import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayAnswer } from '../../shared/api/authorship.ts';
import { heading, itemNumber, type Section } from '../../shared/template/sections.ts';
import { useReplay } from '../api/hand.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useKeys } from '../review/use-keys.ts';
import { Failed, Nothing, Waiting } from '../ui/view-state.tsx';
import './hand.css';
import { useHandWords } from './hand-words.ts';
import { doneHere, type PlayedBlock, type PlayedText, playedText, runsAfter } from './played-text.ts';
import { type Player, speeds, usePlayer } from './use-player.ts';
import { useReplayAddress } from './use-replay-address.ts';

/** The replay the page's address asks for; nothing when it asks for none. */
export function Replay() {
  const { replayed } = useReplayAddress();
  return replayed === null ? null : <Fetched key={replayed.version ?? 'now'} version={replayed.version} />;
}

function Fetched({ version }: { readonly version: number | undefined }) {
  const { t } = useTranslation('hand');
  const { document } = useDocumentContext();
  const { close } = useReplayAddress();
  const query = useReplay(document.id, version);
  const { data, isError, hasNextPage, isFetchingNextPage, fetchNextPage, error, refetch } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  useKeys({
    Escape: () => {
      close();
      return true;
    },
  });
  if (isError) return <Failed error={error} onRetry={() => void refetch()} />;
  const first = data?.pages[0];
  if (data === undefined || first === undefined || hasNextPage) {
    return (
      <div className="replay">
        <p className="secondary replay-loading">{t('replay.loading')}</p>
        <Waiting lines={12} />
      </div>
    );
  }
  if (first.total === 0) return <Nothing title={t('replay.empty')}>{t('empty.words')}</Nothing>;
  return <Played pages={data.pages} onClose={close} />;
}

function Played({ pages, onClose }: { readonly pages: readonly ReplayAnswer[]; readonly onClose: () => void }) {
  const { document } = useDocumentContext();
  const text = useMemo(
    () =>
      playedText(
        pages[0]?.blocks ?? [],
        pages.flatMap(({ steps }) => steps),
      ),
    [pages],
  );
  const player = usePlayer(text);
  const paper = useRef<HTMLElement>(null);
  const { done, playing, seek, toggle, speed, setSpeed } = player;
  const faster = (by: 1 | -1) => {
    const next = speeds[speeds.indexOf(speed) + by];
    if (next !== undefined) setSpeed(next);
  };
  useKeys({
    ' ': unless('button, a, summary, [role="tab"]', toggle),
    ArrowLeft: unless('[role="tab"]', () => seek(done - 1)),
    ArrowRight: unless('[role="tab"]', () => seek(done + 1)),
    ArrowUp: unless('[role="tab"]', () => faster(1)),
    ArrowDown: unless('[role="tab"]', () => faster(-1)),
    Home: unless('[role="tab"]', () => seek(0)),
    End: unless('[role="tab"]', () => seek(text.steps.length)),
  });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  useEffect(() => {
    if (done === 0 || !playing) return;
    const newest = paper.current?.querySelector('[data-newest]');
    if (newest !== null && newest !== undefined && !isSeen(newest)) newest.scrollIntoView({ block: 'center' });
  }, [done, playing]);
  return (
    <div className="replay" ref={place} tabIndex={-1}>
      <Head pages={pages} text={text} player={player} onClose={onClose} />
      <article className="paper replay-paper" lang="zh-CN" ref={paper}>
        {document.sections.map((section) => (
          <PlayedSection key={section.key} section={section} text={text} done={done} />
        ))}
      </article>
    </div>
  );
}

/** An act for a key, which what has the focus may want for itself. */
function unless(selector: string, act: () => void): () => boolean {
  return () => {
    if (window.document.activeElement?.matches(selector) === true) return false;
    act();
    return true;
  };
}

/** Below the bars that stick to the top, and above the lower edge. */
function isSeen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top > 220 && bottom < window.innerHeight - 40;
}

type HeadProps = {
  readonly pages: readonly ReplayAnswer[];
  readonly text: PlayedText;
  readonly player: Player;
  readonly onClose: () => void;
};

function Head({ pages, text, player, onClose }: HeadProps) {
  const { t } = useTranslation('hand');
  const { done, playing, seek, toggle, speed, setSpeed } = player;
  const version = pages[0]?.version ?? null;
  const total = text.steps.length;
  const label = playing ? t('replay.pause') : t(done >= total ? 'replay.again' : 'replay.play');
  const progress = t('replay.progress', { done: text.characters[done] ?? 0, all: text.characters[total] ?? 0 });
  return (
    <header className="replay-head">
      <div className="replay-head-row">
        <p>
          <strong>{t('replay.title')}</strong>
          <span className="replay-about">
            {version === null ? t('about.now') : t('about.version', { number: version.number })}
          </span>
        </p>
        <Button size="small" title="Esc" onClick={onClose}>
          {t('replay.close')}
        </Button>
      </div>
      <p className="secondary replay-words">
        {t('replay.words')} {t('replay.legend')}
        {text.steps.some(({ kind }) => kind === 'adopted') && ` ${t('replay.legend.adopted')}`}
      </p>
      <div className="replay-controls">
        <Button icon={playing ? <PauseOutlined /> : <CaretRightOutlined />} title={t('replay.keys')} onClick={toggle}>
          {label}
        </Button>
        <input
          type="range"
          className="replay-slider"
          min={0}
          max={total}
          value={done}
          aria-label={t('replay.place')}
          aria-valuetext={progress}
          onChange={(event) => seek(Number(event.target.value))}
        />
        <span className="numbers replay-progress">{progress}</span>
        <Select
          size="small"
          aria-label={t('replay.speed')}
          value={speed}
          options={speeds.map((value) => ({ value, label: t('replay.speed.times', { times: value }) }))}
          onChange={setSpeed}
        />
      </div>
      <Now pages={pages} text={text} done={done} />
    </header>
  );
}

/** When the newest words came, from whom and how. */
function Now({ pages, text, done }: Pick<HeadProps, 'pages' | 'text'> & { readonly done: number }) {
  const { t } = useTranslation('hand');
  const people = useMemo(() => pages.flatMap((page) => page.people), [pages]);
  const words = useHandWords(people);
  const step = text.steps[done - 1];
  if (step === undefined) return <p className="secondary numbers replay-now">{t('replay.start')}</p>;
  const { at, by, kind, removed } = step;
  return (
    <p className="secondary numbers replay-now">
      {t('replay.step', { moment: words.moment(at), name: words.name(by), kind: t(`kind.${kind}`) })}
      {removed > 0 && ` · ${t('replay.removed', { count: removed })}`}
    </p>
  );
}

type SectionProps = { readonly section: Section; readonly text: PlayedText; readonly done: number };

function PlayedSection({ section, text, done }: SectionProps) {
  const Heading = section.level === 2 ? 'h3' : 'h2';
  const blocks = text.blocks.filter((block) => block.section === section.key);
  let items = 0;
  return (
    <section className="replay-section">
      {section.level > 0 && (
        <Heading className={`paper-heading paper-heading-${section.level}`}>{heading(section)}</Heading>
      )}
      {blocks.map((block) => {
        if (block.kind === 'item') items += 1;
        const number = block.kind === 'item' ? itemNumber(section.itemNumbering, items) : '';
        const here = doneHere(block, done);
        return here === 0 ? null : (
          <Block key={block.id} block={block} number={number} here={here} newest={block.steps[here - 1] === done - 1} />
        );
      })}
    </section>
  );
}

type BlockProps = {
  readonly block: PlayedBlock;
  readonly number: string;
  readonly here: number;
  readonly newest: boolean;
};

/** Drawn again only when something comes in here, or is not the newest any more. */
const Block = memo(function Block({ block, number, here, newest }: BlockProps) {
  return (
    <p className="comparison-block replay-block">
      {number}
      {runsAfter(block, here, newest).map((run, index) => {
        // Runs have no identity but their place.
        const key = `${index}`;
        return (
          <span key={key} data-kind={run.kind} data-newest={run.newest ? '' : undefined}>
            {run.text}
          </span>
        );
      })}
    </p>
  );
});
