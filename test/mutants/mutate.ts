import { parse } from '@babel/parser';

/** One change of a source file that some test should notice. */
export interface Mutant {
  /** The path from the root of the repository. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** The text between `start` and `end`, and its replacement. */
  readonly from: string;
  readonly to: string;
  /** The start of the innermost function around it; -1 for code that runs when the module is loaded. */
  readonly within: number;
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [key: string]: unknown;
}

interface Visit {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  readonly within: number;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

const FUNCTIONS =
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassMethod|ClassPrivateMethod|ObjectMethod)$/;
/** Types are erased; these wrap code. */
const TYPED_CODE = /^TS(As|Satisfies|NonNull|Instantiation)/;

/** Yields every node of code, with its parent and the start of the innermost function around it. */
function* walk(node: SyntaxNode, parent?: SyntaxNode, within = -1): Generator<Visit> {
  if (node.type.startsWith('TS') && !TYPED_CODE.test(node.type)) return;
  yield { node, parent, within };
  const inside = FUNCTIONS.test(node.type) ? node.start : within;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc') continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child, node, inside);
  }
}

function nodesOf(source: string): Iterable<Visit> {
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript', 'explicitResourceManagement'] });
  return walk(program as unknown as SyntaxNode);
}

const OTHER_OPERATOR: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '-': '+',
  '*': '/',
  '/': '*',
  '&&': '||',
  '||': '&&',
};

/** Returns every mutant of a source file. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  return [...nodesOf(source)].flatMap(({ node, parent, within }) =>
    changesOf(node, parent, source).map(({ start, end, to }) => ({
      file,
      start,
      end,
      line: source.slice(0, start).split('\n').length,
      from: source.slice(start, end),
      to,
      within,
    })),
  );
}

type Change = Pick<Mutant, 'start' | 'end' | 'to'>;

function changesOf(node: SyntaxNode, parent: SyntaxNode | undefined, source: string): readonly Change[] {
  const text = ({ start, end }: SyntaxNode) => source.slice(start, end);
  const instead = (to: string, of = node): Change => ({ start: of.start, end: of.end, to });
  const part = (key: string) => node[key] as SyntaxNode;
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return otherOperator(node, source);
    case 'UnaryExpression':
      return node.operator === '!' ? [instead(text(part('argument')))] : [];
    case 'BooleanLiteral':
      return parent?.type === 'TSLiteralType' ? [] : [instead(String(!node.value))];
    case 'ConditionalExpression':
      return [instead('true', part('test')), instead('false', part('test'))];
    case 'IfStatement':
      return [instead('false', part('test'))];
    case 'ExpressionStatement':
      return /^(Call|Await|Assignment|Update|Yield)Expression$/.test(part('expression').type) &&
        !text(node).startsWith('super')
        ? [instead(';')]
        : [];
    case 'ReturnStatement':
      return isNode(node.argument) && node.argument.type === 'NumericLiteral'
        ? [instead(String(Number(node.argument.value) + 1), node.argument)]
        : [];
    case 'OptionalMemberExpression':
      return [];
    default:
      return [];
  }
}

/** Replaces an operator; `a ?? b` becomes `a`, and a sum a difference unless it joins strings. */
function otherOperator(node: SyntaxNode, source: string): readonly Change[] {
  const { left, right, operator } = node as unknown as { left: SyntaxNode; right: SyntaxNode; operator: string };
  if (operator === '??') return [{ start: left.end, end: node.end, to: '' }];
  const between = source.slice(left.end, right.start);
  const at = left.end + between.indexOf(operator);
  const isText = [left, right].some(({ type }) => /^(StringLiteral|TemplateLiteral)$/.test(type));
  const to = operator === '+' && !isText ? '-' : OTHER_OPERATOR[operator];
  return to === undefined ? [] : [{ start: at, end: at + operator.length, to }];
}

/** Returns a source whose functions and module tell `globalThis.__entered` that they ran, by file and start. */
export function withMarks(file: string, source: string): string {
  const mark = (start: number) => `globalThis.__entered?.add(${JSON.stringify(`${file}:${start}`)})`;
  const edits: { at: number; text: string }[] = [{ at: 0, text: `${mark(-1)};` }];
  for (const { node } of nodesOf(source)) {
    if (!FUNCTIONS.test(node.type) || !isNode(node.body)) continue;
    const { body } = node;
    if (body.type === 'BlockStatement') {
      edits.push({ at: body.start + 1, text: `${mark(node.start)};` });
    } else {
      // Parentheses around the expression lie outside of its node.
      const arrow = source.lastIndexOf('=>', body.start) + 2;
      edits.push({ at: arrow, text: ` (${mark(node.start)}, (` }, { at: node.end, text: '))' });
    }
  }
  return edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => b.at - a.at || b.order - a.order)
    .reduce((code, { at, text }) => code.slice(0, at) + text + code.slice(at), source);
}

/** Returns a source with a mutant in it. */
export function withMutant(source: string, { start, end, to }: Pick<Mutant, 'start' | 'end' | 'to'>): string {
  return source.slice(0, start) + to + source.slice(end);
}
