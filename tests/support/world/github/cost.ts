// The cost of a GraphQL query by GitHub's published formula, and its limits.
// https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

export interface Cost {
  readonly points: number;
  readonly nodes: number;
  readonly connections: number;
  /** Why GitHub refuses the query; null = it is accepted. */
  readonly refused: { readonly type: string; readonly message: string } | null;
}

const MOST_NODES = 500_000;

/** Counts requests and nodes as if every `first` were filled. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let requests = 0;
  let nodes = 0;
  let connections = 0;
  let refused: Cost['refused'] = null;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  const pageOf = (field: FieldNode): number | null => {
    for (const argument of field.arguments ?? []) {
      if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
      if (argument.value.kind === Kind.INT) return Number(argument.value.value);
      if (argument.value.kind === Kind.VARIABLE) {
        const given = variables[argument.value.name.value];
        return typeof given === 'number' ? given : null;
      }
    }
    return null;
  };

  const walk = (set: SelectionSetNode, parent: GraphQLCompositeType, parents: number): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        const on = fragment === undefined ? undefined : schema.getType(fragment.typeCondition.name.value);
        if (fragment !== undefined && isCompositeType(on)) walk(fragment.selectionSet, on, parents);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition === undefined ? parent : schema.getType(selection.typeCondition.name.value);
        if (isCompositeType(on)) walk(selection.selectionSet, on, parents);
        continue;
      }
      if (!isObjectType(parent) && !isInterfaceType(parent)) continue;
      const field = parent.getFields()[selection.name.value];
      const type = field === undefined ? undefined : getNamedType(field.type);
      if (type === undefined || !isCompositeType(type) || selection.selectionSet === undefined) continue;
      if (!type.name.endsWith('Connection')) {
        walk(selection.selectionSet, type, parents);
        continue;
      }
      const page = pageOf(selection);
      const name = selection.name.value;
      if (page === null) {
        refused ??= {
          type: 'MISSING_PAGINATION_BOUNDARIES',
          message: `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
        };
      } else if (page > 100 || page < 1) {
        refused ??= {
          type: 'EXCESSIVE_PAGINATION',
          message: `Requesting ${page} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
        };
      }
      const size = page ?? 1;
      requests += parents;
      connections += 1;
      nodes += parents * size;
      walk(selection.selectionSet, type, parents * size);
    }
  };

  const root = schema.getQueryType();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION && root) walk(definition.selectionSet, root, 1);
  }
  if (nodes > MOST_NODES) {
    refused ??= {
      type: 'MAX_NODE_LIMIT_EXCEEDED',
      message: `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of ${MOST_NODES}.`,
    };
  }
  return { points: Math.max(1, Math.round(requests / 100)), nodes, connections, refused };
}
