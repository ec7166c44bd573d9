import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isTypeDefinitionNode,
  Kind,
} from 'graphql';
import { CodedError } from '../errors.ts';
import { argumentOf, directiveName, type Feature } from '../supergraph/features.ts';
import { type AnyOfAll, all, implies, isNothing, NOTHING, type Requirement, type Rules } from './authorize.ts';

/**
 * Reads `@authenticated`, `@requiresScopes` and `@policy` from a supergraph: the rule of a field = field ∧ parent type ∧
 * returned type. What composition derives for an interface from the types that implement it is left to these types, whose
 * rules are told apart when an object comes along; what an interface requires beyond that holds for each of them.
 * Throws CONFIGURATION for a rule that can't be read.
 */
export function readRules(supergraph: DocumentNode, features: readonly Feature[], api: GraphQLSchema): Rules {
  if (!features.some(isAuthorization)) return new Map();
  const readOwn = ownRequirements(features);
  const own = new Map<string, Requirement>();
  for (const definition of supergraph.definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    own.set(definition.name.value, readOwn(definition.directives));
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      own.set(`${definition.name.value}.${field.name.value}`, readOwn(field.directives));
    }
  }
  const ownOf = (coordinate: string) => own.get(coordinate) ?? NOTHING;

  /** Returns the part of an interface's requirement, or of its field's, that the implementing types lack. */
  const beyond = (type: GraphQLInterfaceType, suffix = ''): Requirement => {
    const required = ownOf(type.name + suffix);
    const implementations = api.getPossibleTypes(type);
    const byTypes = all(implementations.flatMap(({ name }) => [ownOf(name + suffix), ownOf(name)]));
    return implies(byTypes, required) ? NOTHING : required;
  };
  const ofType = (type: GraphQLObjectType): Requirement =>
    all([ownOf(type.name), ...type.getInterfaces().map((implemented) => beyond(implemented))]);

  const rules = new Map<string, Requirement>();
  // Equal ones are one object: a request decides on each once, however many fields it is of.
  const known = new Map<string, Requirement>();
  for (const type of Object.values(api.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const returned = getNamedType(field.type);
      const ofReturned = isObjectType(returned)
        ? ofType(returned)
        : isInterfaceType(returned)
          ? beyond(returned)
          : ownOf(returned.name);
      const ofInterfaces = type
        .getInterfaces()
        .filter((implemented) => implemented.getFields()[field.name])
        .map((implemented) => beyond(implemented, `.${field.name}`));
      const requirement = all([ownOf(`${type.name}.${field.name}`), ofType(type), ofReturned, ...ofInterfaces]);
      if (isNothing(requirement)) continue;
      const name = JSON.stringify(requirement);
      known.set(name, known.get(name) ?? requirement);
      rules.set(`${type.name}.${field.name}`, known.get(name) ?? requirement);
    }
  }
  return rules;
}

const AUTHORIZATION: readonly string[] = ['authenticated', 'requiresScopes', 'policy'];

function isAuthorization({ name, origin }: Feature): boolean {
  return AUTHORIZATION.includes(name) && origin === 'https://specs.apollo.dev';
}

function ownRequirements(
  features: readonly Feature[],
): (directives: readonly ConstDirectiveNode[] | undefined) => Requirement {
  const nameOf = (name: string) => {
    const feature = features.find((linked) => linked.name === name && isAuthorization(linked));
    return feature && directiveName(feature, name);
  };
  const authenticated = nameOf('authenticated');
  const requiresScopes = nameOf('requiresScopes');
  const policy = nameOf('policy');
  return (directives = []) => {
    const applied = (name: string | undefined) => directives.filter((directive) => directive.name.value === name);
    return {
      authenticated: applied(authenticated).length > 0,
      scopes: applied(requiresScopes).map((directive) => anyOfAll(directive, 'scopes')),
      policies: applied(policy).map((directive) => anyOfAll(directive, 'policies')),
    };
  };
}

function anyOfAll(directive: ConstDirectiveNode, argument: string): AnyOfAll {
  const value = argumentOf(directive, argument);
  const isRead =
    Array.isArray(value) &&
    value.every((every) => Array.isArray(every) && every.every((name) => typeof name === 'string'));
  if (!isRead) {
    throw new CodedError('CONFIGURATION', `@${directive.name.value} is applied without a list of lists of texts.`);
  }
  return value as AnyOfAll;
}
