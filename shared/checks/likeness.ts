/**
 * The same words as in earlier years or in somebody else's text: R20, R21. Texts are compared in `shared/likeness`, at the
 * server, which knows what may be told to whom; here its passages are found again in the text as it stands, so that a question goes
 * with the words it is about.
 */
import { z } from 'zod';
import { type SourceKind, severities, sourceKinds } from '../likeness/rules.ts';
import { stretch } from './passages.ts';
import { everyKind, type Find, type Finding, type Rule } from './rule.ts';

/** Words of the text that resemble another, where they stood when texts were compared. Nothing of the other text. */
export const resemblanceSchema = z.object({
  kind: z.enum(sourceKinds),
  severity: z.enum(severities),
  sectionKey: z.string(),
  blockId: z.string(),
  quote: z.string(),
});
export type Resemblance = z.infer<typeof resemblanceSchema>;

/** The part of a passage the rules need; what else is known of it stays where it is. */
export function resemblanceOf({ kind, severity, sectionKey, blockId, quote }: Resemblance): Resemblance {
  return { kind, severity, sectionKey, blockId, quote };
}

/** Each place once; where several sources are alike, the one that weighs more is told. */
function resembling(kinds: readonly SourceKind[]): Find {
  return (text, _settings, { likeness = [] }) => {
    const found = new Map<string, Finding>();
    const lines = new Map(text.parts.flatMap((part) => part.lines.map((line) => [line.blockId, line] as const)));
    for (const { kind, severity, blockId, sectionKey, quote } of likeness) {
      const line = lines.get(blockId);
      const from = line?.sectionKey === sectionKey ? line.text.indexOf(quote) : -1;
      if (line === undefined || from < 0 || !kinds.includes(kind)) continue;
      const key = `${blockId} ${from} ${quote.length}`;
      const finding = stretch(line, from, from + quote.length);
      if (severity === 'warn') found.set(key, finding);
      else if (!found.has(key)) found.set(key, { ...finding, slight: true });
    }
    return [...found.values()];
  };
}

export const likenessRules: readonly Rule[] = [
  { id: 'R20', severity: 'warn', kinds: everyKind, find: resembling(['earlier']) },
  // What is quoted from an official text is no likeness to anybody (LK16).
  { id: 'R21', severity: 'warn', kinds: everyKind, find: resembling(['colleague', 'team', 'sample']) },
];
