/**
 * 相近: what of a text resembles others, for its author and its reviewer. Computed when it is asked for, never while anybody
 * types; two texts that have been compared once are not compared again.
 *
 * A text whose sources its reader is not shown is compared with them once in five minutes at most, however often it changes:
 * otherwise who types guesses and watches the answers could read, letter by letter, what he may not read. For the same reason
 * sentences that vary one another are answered as one.
 */
import { setImmediate } from 'node:timers/promises';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { LikenessAnswer, Passage } from '../../shared/api/likeness.ts';
import { threshold } from '../../shared/checks/settings.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Place } from '../../shared/likeness/comparable.ts';
import { type Comparable, makeComparable } from '../../shared/likeness/comparable.ts';
import { compareTexts, type Match, repeatedPlaces } from '../../shared/likeness/compare.ts';
import { FixedText } from '../../shared/likeness/fixed-text.ts';
import { guardedMeasureFor, type Limits, measureFor, repetition } from '../../shared/likeness/rules.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { loadSettings } from '../checks/settings-of.ts';
import { type Document, enter, followsReview } from '../documents/document-facts.ts';
import { findStanding } from '../documents/view-text.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { fixedPhrases } from './fixed-phrases.ts';
import {
  closedPassages,
  type Found,
  inOrder,
  openPassage,
  stillStanding,
  withoutQuoted,
  withoutRepeated,
} from './passages.ts';
import { Recent } from './recent.ts';
import { referencesOf } from './references.ts';
import { type Body, bodyOf, hashOf, type Source, sourcesOf } from './sources.ts';

export const paceMs = 5 * 60_000;
/** More passages than anybody works through; the first of the text are told. */
const mostPassages = 300;
const keptPairs = 4000;
const keptReaders = 1000;

/** The last comparison with sources its reader is not shown. */
type Closed = {
  readonly text: string;
  readonly sources: string;
  readonly at: number;
  readonly passages: readonly Passage[];
};

export class Likeness {
  readonly #tools: Pick<UseCases, 'storage' | 'rooms' | 'clock'>;
  readonly #pairs = new Recent<string, readonly Match[]>(keptPairs);
  readonly #closed = new Recent<string, Closed>(keptReaders);

  constructor(tools: Pick<UseCases, 'storage' | 'rooms' | 'clock'>) {
    this.#tools = tools;
  }

  async view(person: Person, id: DocumentId): Promise<Result<LikenessAnswer, Refusal>> {
    const { records } = this.#tools.storage;
    const entered = await enter(records, person, id, 'read');
    if (!entered.ok) return entered;
    const document = entered.value;
    if (!followsReview(document, person)) {
      return err(refusal('forbidden', 'for those who write or review this text'));
    }
    const library = await referencesOf(records, document.meeting);
    const sources = await sourcesOf(records, document, person, library);
    const text = await this.#standing(document, person);
    const settings = await loadSettings(records, document.row.meetingId);
    const limits = { run: threshold(settings, 'R21.run'), earlierShare: threshold(settings, 'R20.likeness') / 100 };
    const comparison = new Comparison(text, fixedPhrases(document.meeting, library, settings), limits, this.#pairs);
    const shown = sources.filter((source) => source.shown);
    const open = await comparison.with(shown);
    const passages = withoutQuoted(open).flatMap((found) => openPassage(text, found) ?? []);
    const hidden = sources.filter((source) => !source.shown);
    const official = shown.filter(({ kind }) => kind === 'reference');
    const closed = await this.#compareClosed(`${id} ${person.id}`, comparison, hidden, official, open);
    return ok({
      passages: inOrder(text, [...passages, ...closed.passages]).slice(0, mostPassages),
      nextComparison: closed.next === undefined ? null : new Date(closed.next).toISOString(),
    });
  }

  /** The text as it stands: the frozen version, or what is being written. */
  async #standing(document: Document, person: Person): Promise<Body> {
    const version = await findStanding(this.#tools.storage.records, document, person, undefined);
    if (version?.ok === true) return bodyOf(version.value.text.sections, version.value.text.content);
    const { content } = await this.#tools.rooms.read(document.row.id, document.bodyKeys);
    return bodyOf(document.sections, content);
  }

  /** The passages like texts the reader is not shown, and when a changed text is compared with them again. */
  async #compareClosed(
    reader: string,
    comparison: Comparison,
    hidden: readonly Source[],
    official: readonly Source[],
    open: readonly Found[],
  ): Promise<{ readonly passages: readonly Passage[]; readonly next: number | undefined }> {
    const { text } = comparison;
    const now = this.#tools.clock.now();
    const before = this.#closed.get(reader);
    const sameText = before?.text === text.key;
    // A clock that was set back must not keep anybody waiting.
    const early = before !== undefined && !sameText && now >= before.at && now - before.at < paceMs;
    if (early) return { passages: stillStanding(text, before.passages), next: before.at + paceMs };
    const sources = hashOf([
      comparison.fixedKey,
      ...official.map(({ key }) => key),
      ...hidden.map(({ key, kind }) => `${kind} ${key}`),
    ]);
    if (sameText && before.sources === sources) return { passages: before.passages, next: undefined };
    const quoted = open.filter(({ source }) => source.kind === 'reference');
    const found = withoutQuoted([...quoted, ...(await comparison.with(hidden))]);
    const people = found.filter(({ source }) => !source.shown);
    const passages = closedPassages(text, withoutRepeated(people, comparison.repeated()));
    this.#closed.set(reader, { text: text.key, sources, at: sameText ? before.at : now, passages });
    return { passages, next: undefined };
  }
}

/** One text against any sources, under one set of fixed phrases. What has not been compared before is made ready now. */
class Comparison {
  readonly text: Body;
  /** The same as long as texts are compared in the same way. */
  readonly fixedKey: string;
  readonly #limits: Limits;
  readonly #phrases: readonly string[];
  readonly #pairs: Recent<string, readonly Match[]>;
  #fixed: FixedText | undefined;
  #comparable: Comparable | undefined;

  constructor(text: Body, phrases: readonly string[], limits: Limits, pairs: Recent<string, readonly Match[]>) {
    this.text = text;
    this.fixedKey = hashOf([phrases, limits]);
    this.#limits = limits;
    this.#phrases = phrases;
    this.#pairs = pairs;
  }

  async with(sources: readonly Source[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const source of sources) {
      const key = `${this.fixedKey} ${this.text.key} ${source.key} ${source.kind} ${source.shown}`;
      let matches = this.#pairs.get(key);
      if (matches === undefined) {
        matches = this.#compare(source);
        this.#pairs.set(key, matches);
        // Between two comparisons others have their turn.
        await setImmediate();
      }
      found.push(...matches.map((match) => ({ source, match })));
    }
    return found;
  }

  /** Where the text says the same again. */
  repeated(): Place[] {
    return repeatedPlaces(this.#ready(), repetition);
  }

  #compare(source: Source): Match[] {
    const own = this.#ready();
    const measure = source.shown ? measureFor(source.kind, this.#limits) : guardedMeasureFor(source.kind, this.#limits);
    return compareTexts(own, makeComparable(words(source), this.#fixed), measure);
  }

  #ready(): Comparable {
    this.#fixed ??= new FixedText(this.#phrases);
    this.#comparable ??= makeComparable(words(this.text), this.#fixed);
    return this.#comparable;
  }
}

const words = ({ blocks }: Body) => blocks.map(({ text }) => text);
