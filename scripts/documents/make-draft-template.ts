import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { draftTemplate, type TemplateWords } from './draft-template.ts';

const folder = join(import.meta.dirname, '../../templates/documents');
const words = parse(readFileSync(join(folder, 'draft-decision.nl.yaml'), 'utf8')) as TemplateWords;
writeFileSync(join(folder, 'draft-decision.nl.docx'), await draftTemplate(words));
