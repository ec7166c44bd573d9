import { readFile } from 'node:fs/promises';
import { FACTS_OF } from '../domain/policies/facts.ts';
import { parseRule } from '../domain/rules/parse.ts';
import { CodedError } from '../errors.ts';
import { parseOptions } from './parse-options.ts';
import { runCommand } from './refusals.ts';
import { fromDmn, toDmn } from './rules/dmn.ts';
import { DmnRefusal } from './rules/document.ts';

const USAGE = `npm run rules -- --to-dmn RULE.json   [--subject ENTERPRISE|PERSON|SITE]
npm run rules -- --from-dmn TABLE.dmn [--subject ENTERPRISE|PERSON|SITE]

Prints a rule as a DMN 1.3 decision table, or a decision table as a rule: docs/rules.md says what has a counterpart.
  --subject  the kind of subject whose facts the rule reads; ENTERPRISE by default`;

const { subject, ...files } = parseOptions(USAGE, {
  'to-dmn': { type: 'string' },
  'from-dmn': { type: 'string' },
  subject: { type: 'string', default: 'ENTERPRISE' },
});

await runCommand(async () => {
  const [ruleFile, tableFile] = [files['to-dmn'], files['from-dmn']];
  const vocabulary = Object.entries(FACTS_OF).find(([kind]) => kind === subject)?.[1];
  if (!vocabulary || (ruleFile === undefined) === (tableFile === undefined))
    throw new CodedError('CONFIGURATION', USAGE);
  try {
    if (tableFile !== undefined) {
      console.log(JSON.stringify(await fromDmn(await readFile(tableFile, 'utf8'), vocabulary), null, 2));
      return;
    }
    const rule = parseRule(JSON.parse(await readFile(ruleFile ?? '', 'utf8')));
    if (!rule) throw new DmnRefusal('INVALID_RULE', 'The file is no rule, or too large.');
    console.log(await toDmn(rule, vocabulary));
  } catch (error) {
    if (error instanceof DmnRefusal) throw new CodedError('BAD_USER_INPUT', `${error.code}: ${error.message}`);
    throw error;
  }
});
