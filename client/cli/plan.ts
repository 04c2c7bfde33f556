/** `regiopad plan FILE`: what would happen, without a server. */
import { forecast } from '../../domain/forecast.ts';
import { type PlanReport, planReport } from '../report/plan.ts';
import { addressesOf, loadCourse } from './region-input.ts';
import { createTexts } from '../../worker/texts.ts';
import { asPartyId } from '../../domain/ids.ts';
import { badInput } from './failure.ts';
import { print, printJson } from './output.ts';

export interface PlanOptions {
  from?: string;
  answers?: string;
  format: string;
}

export const planFormats = ['table', 'json', 'ics', 'csv', 'html'];

export function checkFormat(format: string, known: string[]): void {
  if (!known.includes(format)) throw badInput(`--format ${format}: expected one of ${known.join(', ')}`);
}

export async function plan(file: string, options: PlanOptions): Promise<void> {
  checkFormat(options.format, planFormats);
  const course = loadCourse(file, options);
  if (options.format === 'html') {
    const { wallDocument } = await import('../wall/document.ts');
    process.stdout.write(wallDocument(course.start, course.region.file.partnership, course.from));
    return;
  }
  const texts = createTexts()(course.region.definition.key, course.start.topic);
  const report = planReport(course.start.id, forecast(course.start, course.from, course.until, course.script), {
    partnership: course.region.file.partnership,
    party: (id) => texts.party(asPartyId(id)),
    address: addressesOf(course),
  });
  await printPlan(report, options.format);
}

/** Formats are loaded when they are asked for: a plan should be there at once. */
async function printPlan(report: PlanReport, format: string): Promise<void> {
  if (format === 'json') {
    printJson(report);
  } else if (format === 'csv') {
    const { planCsv } = await import('../report/plan-csv.ts');
    process.stdout.write(planCsv(report));
  } else if (format === 'ics') {
    const { planIcs } = await import('../report/plan-ics.ts');
    process.stdout.write(planIcs(report, new Date()));
  } else {
    const { planTable } = await import('../report/plan-table.ts');
    print(planTable(report));
  }
}
