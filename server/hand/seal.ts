/** The seal on a report: a hash over it and over the text it is about, so that neither can be changed for the other. */
import { createHash } from 'node:crypto';
import { type HandReport, handReportSchema } from '../../shared/hand/report.ts';
import type { Row } from '../storage/tables.ts';

type Sealed = Pick<Row<'version'>, 'id' | 'sha256'>;

/** The row that goes into the store with a version. */
export function sealHand(version: Sealed, report: HandReport): Row<'hand'> {
  return { id: version.id, report, sha256: hashHand(version, report) };
}

/** Whether a stored report is the one that was sealed with this version. */
export function isIntact(version: Sealed, { report, sha256 }: Row<'hand'>): boolean {
  return hashHand(version, report) === sha256;
}

function hashHand(version: Sealed, report: HandReport): string {
  // Parsing puts the keys into the schema's order: one report has one spelling.
  const spelling = JSON.stringify([version.sha256, handReportSchema.parse(report)]);
  return createHash('sha256').update(spelling, 'utf8').digest('hex');
}
