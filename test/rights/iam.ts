/** What IAM would answer, as far as the roles of this service use it. */
import { z } from 'zod';
import type { Asked } from './asked.ts';

const list = z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(z.unknown()));
const texts = z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(z.string()));

const condition = z.strictObject({
  'ForAllValues:StringLike': z.strictObject({ 'dynamodb:LeadingKeys': texts }).optional(),
  'ForAllValues:StringEquals': z.strictObject({ 'dynamodb:Attributes': texts }).optional(),
  StringEqualsIfExists: z.strictObject({ 'dynamodb:ReturnValues': texts }).optional(),
  StringEquals: z.record(z.string(), z.unknown()).optional(),
});

export const statement = z.strictObject({
  Effect: z.literal('Allow'),
  Action: texts,
  Resource: list,
  Condition: condition.optional(),
});
export type Statement = z.infer<typeof statement>;

/** A question with the table by its logical id. */
export type Question = Omit<Asked, 'table'> & { readonly tableId: string };

/** Returns whether one statement by itself allows the call: IAM doesn't put the partitions of several together. */
export function isAllowed(statements: readonly Statement[], asked: Question): boolean {
  return statements.some(
    ({ Action, Resource, Condition }) =>
      Action.includes(asked.action) &&
      Resource.some((resource) => isResource(resource, asked)) &&
      (Condition === undefined || holds(Condition, asked)),
  );
}

function isResource(resource: unknown, { tableId, index }: Question): boolean {
  const text = JSON.stringify(resource);
  return index === null
    ? text === JSON.stringify({ 'Fn::GetAtt': [tableId, 'Arn'] })
    : text === JSON.stringify({ 'Fn::Sub': `\${${tableId}.Arn}/index/${index}` });
}

function holds(said: NonNullable<Statement['Condition']>, asked: Question): boolean {
  const leading = said['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  const attributes = said['ForAllValues:StringEquals']?.['dynamodb:Attributes'];
  const returned = said.StringEqualsIfExists?.['dynamodb:ReturnValues'];
  return (
    isSelected(said.StringEquals, asked) &&
    asked.partitions.every((partition) => !leading || leading.some((like) => isLike(partition, like))) &&
    asked.attributes.every((attribute) => !attributes || attributes.includes(attribute)) &&
    (asked.returnValues === null || !returned || returned.includes(asked.returnValues))
  );
}

/** A read that names its attributes selects specific ones; of other conditions nothing is known here. */
function isSelected(said: Readonly<Record<string, unknown>> | undefined, { action, attributes }: Question): boolean {
  if (said === undefined) return true;
  const isRead = action === 'dynamodb:GetItem' && Object.keys(said).join() === 'dynamodb:Select';
  return isRead && attributes.length > 0;
}

function isLike(text: string, like: string): boolean {
  return like.endsWith('*') ? text.startsWith(like.slice(0, -1)) : text === like;
}
