import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isNonNullType,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { batchesOf, isComposite, type Path, pathsOf, type Selected, treeOf } from './paths.ts';
import { type Draw, literalOf, poolOf } from './pools.ts';

/** A document that asks for many paths at once. */
export interface CrawlDocument {
  /** The root field. */
  readonly name: string;
  readonly query: string;
  readonly paths: readonly Path[];
  readonly draws: ReadonlyMap<string, Draw>;
  /** The same paths in two or more documents; none where it is one path. */
  readonly parts: () => readonly CrawlDocument[];
}

const MAX_ALIASES = 30;
/** Of the arguments that say which one thing is meant, exactly one is given. */
const NAMING: readonly string[] = ['id', 'uscc', 'code', 'receiptNumber'];

export interface DocumentOptions {
  readonly depth: number;
  /** Of some root fields another one. */
  readonly depths?: Readonly<Record<string, number>>;
  /** Paths in one document at most. */
  readonly size: number;
  readonly random: () => number;
}

/** Documents that ask for every field path of the query to a depth, with aliases and fragments as the seed has it. */
export function queryDocuments(schema: GraphQLSchema, options: DocumentOptions): readonly CrawlDocument[] {
  const root = schema.getQueryType()!;
  const { depth, depths = {} } = options;
  const deepest = Math.max(depth, ...Object.values(depths));
  const paths = pathsOf(schema, root, deepest).filter((path) => path.length <= (depths[path[0]!.field] ?? depth));
  // The planner finds no way to some of a partner's: they are asked for apart, so that these only are asked for one by one.
  const [theirs, ours] = [true, false].map((isTheirs) => paths.filter((path) => isPartners(path) === isTheirs));
  return [...documentsOf(schema, root, ours!, options), ...documentsOf(schema, root, theirs!, options)];
}

const isPartners = (path: Path) =>
  path.some(({ field }) => field.startsWith('bonded') || field.startsWith('dongjiang'));

/** The same of what mutations answer. */
export function mutationDocuments(schema: GraphQLSchema, options: DocumentOptions): readonly CrawlDocument[] {
  const root = schema.getMutationType();
  return root ? documentsOf(schema, root, pathsOf(schema, root, options.depth), options) : [];
}

/** Paths in halves again, as one document that is refused asks for too much, or for what can't stand beside each other. */
export function documentsOf(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  paths: readonly Path[],
  options: DocumentOptions,
): readonly CrawlDocument[] {
  return batchesOf(schema, paths, options.size).flatMap((batch) => documentOrHalves(schema, root, batch, options));
}

function documentOrHalves(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  paths: readonly Path[],
  options: DocumentOptions,
): readonly CrawlDocument[] {
  const printed = new Printer(schema, options.random).print(root, paths);
  const middle = paths.length >> 1;
  const halves = middle === 0 ? [] : [paths.slice(0, middle), paths.slice(middle)];
  let made: readonly CrawlDocument[] | undefined;
  const parts = () => {
    made ??= halves.flatMap((half) => documentOrHalves(schema, root, half, options));
    return made;
  };
  const errors = validate(schema, parse(printed.query), specifiedRules, { maxErrors: 1 });
  if (errors.length === 0) return [{ ...printed, parts }];
  if (paths.length === 1) throw errors[0]!;
  return parts();
}

class Printer {
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;
  readonly #fragments: string[] = [];
  readonly #draws = new Map<string, Draw>();
  readonly #declared: string[] = [];
  #aliases = 0;

  constructor(schema: GraphQLSchema, random: () => number) {
    this.#schema = schema;
    this.#random = random;
  }

  print(root: GraphQLObjectType, paths: readonly Path[]): Omit<CrawlDocument, 'parts'> {
    const isQuery = root === this.#schema.getQueryType();
    const selection = this.#selection(treeOf(paths), false);
    const declared = this.#declared.length > 0 ? ` (${this.#declared.join(', ')})` : '';
    const operation = `${isQuery ? 'query' : 'mutation'} Crawl${declared} ${selection}`;
    const query = [operation, ...this.#fragments].join('\n');
    return { name: paths[0]?.[0]?.field ?? '', query, paths, draws: this.#draws };
  }

  #selection(selected: readonly Selected[], isAbstract: boolean): string {
    if (selected.length === 0) return '{ __typename }';
    const types = [...Map.groupBy(selected, ({ step }) => step.on)];
    if (!isAbstract) return `{ ${types.map(([type, fields]) => this.#fields(type, fields)).join(' ')} }`;
    return `{ __typename ${types.map(([type, fields]) => `... on ${type} { ${this.#fields(type, fields)} }`).join(' ')} }`;
  }

  /** Some as they are, some within an inline fragment, some within a named one. */
  #fields(type: string, fields: readonly Selected[]): string {
    const places: [plain: string[], inline: string[], named: string[]] = [[], [], []];
    for (const field of fields) places[this.#drawPlace()]!.push(this.#field(field));
    const [plain, inline, named] = places;
    if (inline.length > 0) plain.push(`... on ${type} { ${inline.join(' ')} }`);
    if (named.length > 0) {
      const name = `F${this.#fragments.length}`;
      this.#fragments.push(`fragment ${name} on ${type} { ${named.join(' ')} }`);
      plain.push(`...${name}`);
    }
    return plain.join(' ');
  }

  #drawPlace(): 0 | 1 | 2 {
    const drawn = this.#random();
    return drawn < 0.7 ? 0 : drawn < 0.85 ? 1 : 2;
  }

  #field({ step, below }: Selected): string {
    const field = (this.#schema.getType(step.on) as GraphQLObjectType).getFields()[step.field]!;
    const returned = getNamedType(field.type);
    const isAliased = this.#random() < 0.1 && this.#aliases < MAX_ALIASES;
    const alias = isAliased ? `a${this.#aliases++}: ` : '';
    const inner = isComposite(this.#schema, step) ? ` ${this.#selection(below, isAbstractType(returned))}` : '';
    return `${alias}${step.field}${this.#arguments(step.on, field, below)}${inner}`;
  }

  #arguments(on: string, field: GraphQLField<unknown, unknown>, below: readonly Selected[]): string {
    const returned = getNamedType(field.type);
    // What is asked of a node is of one type, and so is its id.
    const named = isAbstractType(returned) ? (below[0]?.step.on ?? returned.name) : returned.name;
    const isRoot = on === this.#schema.getQueryType()?.name;
    const naming = field.args.filter(({ name, type }) => NAMING.includes(name) && !isNonNullType(type));
    const given = field.args.flatMap((argument) => {
      const { name, type } = argument;
      const place = naming.indexOf(argument);
      const pool = poolOf(argument, named);
      if (pool !== undefined && (isRoot || isNonNullType(type))) {
        const alternative = naming.length > 1 && place >= 0 ? { alternative: { place, of: naming.length } } : {};
        return [`${name}: $${this.#variable(String(type), { pool, isList: name === 'ids', ...alternative })}`];
      }
      if (name === 'after') return ['after: $after'];
      if (!isNonNullType(type) && name !== 'locale' && name !== 'first') return [];
      if (name === 'locale') return this.#random() < 0.5 ? ['locale: EN'] : [];
      return [`${name}: ${literalOf(name, type, (field) => this.#idVariable(field))}`];
    });
    if (given.includes('after: $after')) this.#declare('after', 'String');
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  /** A variable within an input object. */
  #idVariable(field: string): string {
    const pool = poolOf({ name: field, type: this.#schema.getType('ID') } as never, '') ?? 'any';
    return `$${this.#variable('ID!', { pool, isList: false })}`;
  }

  #variable(type: string, draw: Draw): string {
    const name = `v${this.#draws.size}`;
    this.#draws.set(name, draw);
    this.#declare(name, type);
    return name;
  }

  #declare(name: string, type: string): void {
    const declaration = `$${name}: ${type}`;
    if (!this.#declared.includes(declaration)) this.#declared.push(declaration);
  }
}
