import { readFileSync } from 'node:fs';
import type { PolicyTerms } from '../../../domain/policies/terms.ts';
import type { SampleCase } from '../../../domain/rules/check.ts';
import { parseRule } from '../../../domain/rules/parse.ts';
import type { Facts, Rule } from '../../../domain/rules/rule.ts';

/** The data files of this folder, each a rule with its source and sample cases. */
export const RULE_FILES = [
  'caiyu-2015-92',
  'sixteen-measures',
  'key-platforms',
  'hukou-academic',
  'hukou-qualification',
  'hukou-skill',
  'hukou-entrepreneur',
  'hukou-urgently-needed',
  'housing-talent-apartment',
  'housing-public-rental',
  'housing-rent-subsidy',
  'housing-purchase-subsidy',
  'schooling-kindergarten',
  'schooling-primary-school',
  'schooling-without-hukou',
] as const;
export type RuleFile = (typeof RULE_FILES)[number];

export interface StoredRule {
  readonly source: { readonly kind: 'PUBLIC' | 'ASSUMED'; readonly note: string };
  readonly rule: Rule;
  readonly samples: readonly SampleCase[];
}

/** Reads a rule from its data file. */
export function storedRule(file: RuleFile): StoredRule {
  const read = JSON.parse(readFileSync(new URL(`./${file}.json`, import.meta.url), 'utf8'));
  const rule = parseRule(read.rule);
  if (!rule) throw new RangeError(`${file}.json holds no rule`);
  return { ...read, rule };
}

/** Returns one rule as the terms of a policy. */
export function termsOf(file: RuleFile): PolicyTerms {
  const { rule, samples } = storedRule(file);
  return { rule, samples };
}

/**
 * Returns the terms of a policy that each of several rules opens.
 * @param unmet the facts of a subject that meets none of them
 */
export function termsOfAny(files: readonly RuleFile[], unmet: Facts): PolicyTerms {
  const rules = files.map(storedRule);
  const costs = rules.flatMap(({ rule }) => rule.costs ?? []);
  return {
    rule: {
      language: 1,
      when: { any: rules.map(({ rule }) => rule.when) },
      costs: costs.filter(({ fact }, i) => costs.findIndex((each) => each.fact === fact) === i),
    },
    samples: [
      ...rules.flatMap(({ samples }) => samples.filter(({ truth }) => truth === 'MET').slice(0, 1)),
      { name: 'meets none', asked: '2026-11-28', facts: unmet, truth: 'NOT_MET' },
    ],
  };
}
