import * as z from 'zod';

const template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });
/** A template of CloudFormation, of which only the resources' types are known. */
export type Template = z.infer<typeof template>;

export const parseTemplate = (text: string): Template => template.parse(JSON.parse(text));
