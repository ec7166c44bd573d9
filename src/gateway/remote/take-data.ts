import {
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { isRecord, Rec } from '../executor/record.ts';
import type { AskedField, OperationShape, Shape } from './operation-shape.ts';

export type Path = readonly (string | number)[];

export interface Problem {
  readonly kind: 'missing' | 'wrong';
  readonly path: Path;
}

export interface Taken {
  readonly data: Rec;
  /** Values that are null now though the subgraph didn't say so, or didn't say why. */
  readonly problems: readonly Problem[];
  readonly problemsLeftOut: number;
  /** Why nothing of the data can be used. */
  readonly unusable: string | undefined;
}

const MOST_PROBLEMS = 100;

/** The path of a value while it is walked, innermost first. */
interface Trail {
  readonly above: Trail | undefined;
  readonly segment: string | number;
}

/**
 * Copies what an operation asks for out of JSON of any kind, each value checked against its type. Objects of the copy
 * inherit nothing; nothing of the source is shared but strings.
 * @param errorPaths where the subgraph itself reported errors: a null there needs no other
 */
export function takeData(
  source: Rec,
  operation: OperationShape,
  variables: Readonly<Record<string, unknown>>,
  errorPaths: readonly Path[],
): Taken {
  const walk = new Walk(operation, variables, errorPaths);
  const data = walk.root(source);
  return { data, problems: walk.problems, problemsLeftOut: walk.problemsLeftOut, unusable: walk.unusable };
}

class Walk {
  readonly problems: Problem[] = [];
  problemsLeftOut = 0;
  unusable: string | undefined;
  readonly #operation: OperationShape;
  readonly #variables: Readonly<Record<string, unknown>>;
  /** Every place at which, or below which, an error was reported. */
  readonly #explained = new Set<string>();

  constructor(operation: OperationShape, variables: Readonly<Record<string, unknown>>, errorPaths: readonly Path[]) {
    this.#operation = operation;
    this.#variables = variables;
    for (const path of errorPaths) {
      for (let length = path.length; length > 0; length -= 1)
        this.#explained.add(JSON.stringify(path.slice(0, length)));
    }
  }

  /** What the root type is called is not the subgraph's to say. */
  root(source: Rec): Rec {
    const { type, root } = this.#operation;
    return this.#fields(source, type, root.of(type), undefined);
  }

  #object(source: Rec, type: GraphQLObjectType, shape: Shape, trail: Trail): Rec | null {
    const fields = shape.of(type);
    const isOther = fields.some(({ name, key }) => name === '__typename' && ownValue(source, key) !== type.name);
    return isOther ? this.#nothing('wrong', trail) : this.#fields(source, type, fields, trail);
  }

  #fields(source: Rec, type: GraphQLObjectType, fields: readonly AskedField[], trail: Trail | undefined): Rec {
    const copy = new Rec();
    for (const field of fields) {
      const at = { above: trail, segment: field.key };
      const value = ownValue(source, field.key);
      if (field.name === '__typename') copy[field.key] = type.name;
      else if (field.name === '_entities' && !trail) copy[field.key] = this.#entities(value, field, at);
      else copy[field.key] = this.#value(value, field.type, field, at);
    }
    return copy;
  }

  #value(value: unknown, type: GraphQLOutputType, field: AskedField, trail: Trail): unknown {
    if (isNonNullType(type)) {
      if (value === null) return this.#nothing('missing', trail);
      return this.#value(value, type.ofType, field, trail);
    }
    if (value === undefined) return this.#nothing('missing', trail);
    if (value === null) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return this.#nothing('wrong', trail);
      return value.map((item, segment) => this.#value(item, type.ofType, field, { above: trail, segment }));
    }
    if (isLeafType(type)) {
      const read = this.#operation.readerOf(type)(value);
      return read === undefined ? this.#nothing('wrong', trail) : read;
    }
    const { below } = field;
    if (!isRecord(value) || !below) return this.#nothing('wrong', trail);
    const runtimeType = isObjectType(type) ? type : this.#runtimeType(value, type);
    return runtimeType ? this.#object(value, runtimeType, below, trail) : this.#nothing('wrong', trail);
  }

  /** Federation's `_entities`: one for each representation, in their order, of the representation's type. */
  #entities(value: unknown, field: AskedField, trail: Trail): unknown {
    const representations = field.representations && this.#variables[field.representations];
    const asked: readonly unknown[] = Array.isArray(representations) ? representations : [];
    if (value === null && this.#isExplained(trail)) return null;
    if (!Array.isArray(value) || value.length !== asked.length) {
      this.unusable = 'it has another number of entities than it was asked for';
      return null;
    }
    return value.map((entity: unknown, segment) => {
      const at = { above: trail, segment };
      if (entity === null) return null;
      const type = isRecord(entity) && this.#entityType(entity, asked[segment], field);
      return type && field.below ? this.#object(entity, type, field.below, at) : this.#nothing('wrong', at);
    });
  }

  #entityType(entity: Rec, representation: unknown, { below }: AskedField): GraphQLObjectType | undefined {
    const named = isRecord(representation) ? this.#operation.typeNamed(representation.__typename) : undefined;
    const answered = this.#operation.typeNamed(ownValue(entity, '__typename'));
    if (!isObjectType(answered)) return undefined;
    const isAsked = below?.typeConditions.some((condition) => this.#operation.satisfies(answered, condition));
    return isAsked && named && this.#operation.satisfies(answered, named.name) ? answered : undefined;
  }

  #runtimeType(value: Rec, type: GraphQLAbstractType): GraphQLObjectType | undefined {
    const named = this.#operation.typeNamed(ownValue(value, '__typename'));
    return isObjectType(named) && this.#operation.satisfies(named, type.name) ? named : undefined;
  }

  #nothing(kind: Problem['kind'], trail: Trail): null {
    if (this.#isExplained(trail)) return null;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ kind, path: pathOf(trail) });
    else this.problemsLeftOut += 1;
    return null;
  }

  #isExplained(trail: Trail): boolean {
    return this.#explained.size > 0 && this.#explained.has(JSON.stringify(pathOf(trail)));
  }
}

function ownValue(object: Rec, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function pathOf(trail: Trail): Path {
  const path: (string | number)[] = [];
  for (let at: Trail | undefined = trail; at; at = at.above) path.push(at.segment);
  return path.reverse();
}
