import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
} from 'graphql';

/** One field of a path; `on` is the object type that has it. */
export interface Step {
  readonly on: string;
  readonly field: string;
}

export type Path = readonly Step[];

/** Every field path of a root type to a depth, one for each object type where a type is abstract; each after what leads to it. */
export function pathsOf(schema: GraphQLSchema, root: GraphQLObjectType, depth: number): readonly Path[] {
  const paths: Path[] = [];
  const descend = (type: GraphQLNamedType, before: Path): void => {
    for (const object of objectsOf(schema, type)) {
      for (const field of Object.values(object.getFields())) {
        const path = [...before, { on: object.name, field: field.name }];
        paths.push(path);
        if (path.length < depth) descend(getNamedType(field.type), path);
      }
    }
  };
  descend(root, []);
  return paths;
}

function objectsOf(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

/** Paths that share a beginning, as one tree. */
export interface Selected {
  readonly step: Step;
  readonly below: Selected[];
}

export function treeOf(paths: readonly Path[]): Selected[] {
  const roots: Selected[] = [];
  for (const path of paths) {
    let level = roots;
    for (const step of path) {
      let known = level.find((each) => each.step.on === step.on && each.step.field === step.field);
      if (!known) {
        known = { step, below: [] };
        level.push(known);
      }
      level = known.below;
    }
  }
  return roots;
}

/** Paths in parts that one operation each may ask for: neighbours, under one root field, and of one type where that is abstract. */
export function batchesOf(schema: GraphQLSchema, paths: readonly Path[], size: number): readonly (readonly Path[])[] {
  const keyOf = ([first, second]: Path) => {
    if (!first) return '';
    const type = (schema.getType(first.on) as GraphQLObjectType).getFields()[first.field]?.type;
    return `${first.field} ${type && isAbstractType(getNamedType(type)) ? (second?.on ?? '') : ''}`;
  };
  const batches: Path[][] = [];
  let last = '';
  for (const path of paths) {
    const key = keyOf(path);
    const current = batches.at(-1);
    if (current && key === last && current.length < size) current.push(path);
    else batches.push([path]);
    last = key;
  }
  return batches;
}

export function isComposite(schema: GraphQLSchema, { on, field }: Step): boolean {
  const type = schema.getType(on);
  return isObjectType(type) && isCompositeType(getNamedType(type.getFields()[field]!.type));
}
