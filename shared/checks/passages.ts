/** How rules over sentences, items and lines are said: which parts they look at, and what makes them ask. */
import type { CheckContext } from './context.ts';
import type { Find, Finding } from './rule.ts';
import type { CheckedText, Line, Part, Passage, Role } from './segment.ts';
import { type CheckSettings, wordList } from './settings.ts';

/** What a test may ask beside the words. */
export type Tools = {
  readonly settings: CheckSettings;
  readonly context: CheckContext;
  readonly names: readonly string[];
};

/** Whether a rule asks about words; facts for its question instead of a mere yes. */
type Test = (passage: Passage, tools: Tools) => boolean | Finding['facts'];

function tools(settings: CheckSettings, context: CheckContext): Tools {
  return { settings, context, names: [...context.people, ...wordList(settings, 'concrete')] };
}

/** The parts of these roles; all but the closing when no role is named. */
export function partsOf(text: CheckedText, roles: readonly Role[]): Part[] {
  return text.parts.filter(({ role }) => (roles.length === 0 ? role !== 'closing' : roles.includes(role)));
}

export function perSentence(roles: readonly Role[], test: Test): Find {
  return (text, settings, context) =>
    ask(
      partsOf(text, roles).flatMap((part) => part.sentences),
      test,
      tools(settings, context),
    );
}

export function perItem(roles: readonly Role[], test: Test): Find {
  return (text, settings, context) =>
    ask(
      partsOf(text, roles).flatMap((part) => part.items),
      test,
      tools(settings, context),
    );
}

function ask(passages: readonly Passage[], test: Test, given: Tools): Finding[] {
  return passages.flatMap((passage) => {
    const answer = test(passage, given);
    return answer === false ? [] : [quote(passage, answer === true ? {} : answer)];
  });
}

/** A finding about a passage, its end within the passage's own line and without trailing white space. */
export function quote({ line, from, to, ground }: Passage, facts: Finding['facts'] = {}): Finding {
  return stretch(line, from, to, facts, ground);
}

/** A finding about a stretch of a line. */
export function stretch(
  line: Line,
  from: number,
  to: number,
  facts: Finding['facts'] = {},
  ground = line.text,
): Finding {
  const words = line.text.slice(from, to);
  const end = from + words.trimEnd().length;
  return {
    sectionKey: line.sectionKey,
    blockId: line.blockId,
    from,
    to: end,
    quote: line.text.slice(from, end),
    ground,
    facts,
  };
}

/** Every place of every line where an expression stands. `spoken`: not within quotation marks. */
export function perMatch(
  expression: RegExp,
  factsOf: (word: string, line: Line, from: number) => Finding['facts'] = () => ({}),
): Find {
  return (text) =>
    text.parts.flatMap(({ lines }) =>
      lines.flatMap((line) =>
        // Most lines have none, and finding that out this way makes nothing.
        line.spoken.search(expression) === -1
          ? []
          : [...line.spoken.matchAll(expression)].map(({ index, 0: word }) =>
              stretch(
                line,
                index,
                index + Math.max(1, word.length),
                factsOf(line.text.slice(index, index + word.length), line, index),
              ),
            ),
      ),
    );
}
