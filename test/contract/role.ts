import { z } from 'zod';

const list = z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(z.unknown()));
/** What a role of the template may do. */
export const role = z.object({
  Policies: z
    .array(
      z.object({
        PolicyDocument: z.object({
          Statement: z.array(
            z.strictObject({
              Effect: z.enum(['Allow', 'Deny']),
              Action: list,
              Resource: list,
              Condition: z.unknown().optional(),
            }),
          ),
        }),
      }),
    )
    .default([]),
});

/** The one resource that an ARN belongs to; an ARN that could be of several is returned as it is. */
export function logicalIdOf(arn: unknown): string {
  const reference = z
    .strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.enum(['Arn', 'StreamArn', 'Id'])]) })
    .safeParse(arn);
  if (reference.success) return reference.data['Fn::GetAtt'][0];
  const indexes = z
    .strictObject({
      'Fn::Sub': z.string().regex(/^\$\{\w+\.Arn\}(\/index\/gsi\d|\/(anchors|sent|kept|erasures)\/\*|:live)$/),
    })
    .safeParse(arn);
  if (indexes.success) return indexes.data['Fn::Sub'].slice(2, indexes.data['Fn::Sub'].indexOf('.'));
  return JSON.stringify(arn);
}
