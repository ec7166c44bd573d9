import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType } from '@aws-cdk/service-spec-types';
import type { Resource } from './compile-template.ts';

const specification = loadAwsServiceSpecSync();

/**
 * What AWS's own description of CloudFormation's resources objects to in a resource, one line each: an unknown type or
 * property, a missing one, a value of another type. Values that are known only when deployed (`Ref`, `Fn::…`) are let pass.
 */
export function faultsOf(logicalId: string, { Type, Properties }: Resource): string[] {
  const resource = specification.lookup('resource', 'cloudFormationType', 'equals', Type)[0];
  if (resource === undefined) return [`${logicalId}: there is no ${Type}`];
  return inProperties(Properties, resource.properties, logicalId);
}

type Declared = Readonly<Record<string, { readonly type: PropertyType; readonly required?: boolean }>>;

function inProperties(value: object, declared: Declared, at: string): string[] {
  const missing = Object.entries(declared)
    .filter(([name, { required }]) => required === true && !(name in value))
    .map(([name]) => `${at}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, inner]) => {
    const property = declared[name];
    return property === undefined ? [`${at}.${name} is unknown`] : inValue(inner, property.type, `${at}.${name}`);
  });
  return [...missing, ...wrong];
}

function inValue(value: unknown, type: PropertyType, at: string): string[] {
  if (isIntrinsic(value)) return [];
  switch (type.type) {
    case 'string':
    case 'date-time':
      return typeof value === 'string' ? [] : [`${at} is no string`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at} is no truth value`];
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at} is no integer`];
    case 'number':
      return typeof value === 'number' ? [] : [`${at} is no number`];
    case 'array':
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((inner, index) => inValue(inner, type.element, `${at}[${index}]`));
    case 'map':
      if (!isObject(value)) return [`${at} is no map`];
      return Object.entries(value).flatMap(([name, inner]) => inValue(inner, type.element, `${at}.${name}`));
    case 'ref':
      if (!isObject(value)) return [`${at} is no object`];
      return inProperties(value, specification.get('typeDefinition', type.reference.$ref).properties, at);
    case 'union': {
      // `json` beside a described structure is that structure; beside a string it is any document.
      const isDescribed = type.types.some((each) => each.type === 'array' || each.type === 'ref');
      const possible = type.types.filter((each) => !(isDescribed && each.type === 'json'));
      const faults = possible.map((each) => inValue(value, each, at));
      return faults.some(({ length }) => length === 0) ? [] : (faults[0] ?? []);
    }
    case 'json':
    case 'tag':
    case 'null':
      return [];
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isIntrinsic = (value: unknown) =>
  isObject(value) && Object.keys(value).length === 1 && /^(Ref|Fn::\w+)$/.test(Object.keys(value)[0] ?? '');
