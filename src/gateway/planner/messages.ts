import type { QueryPlan } from './plan.ts';

/** What the gateway tells the planner's process. */
export type ToPlanner =
  | { readonly kind: 'load'; readonly supergraphSdl: string }
  | { readonly kind: 'plan'; readonly query: string; readonly labels: readonly string[] };

/** What it answers: one message for each it got, in order. */
export type FromPlanner =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'planned'; readonly plan: QueryPlan }
  | { readonly kind: 'failed'; readonly message: string };
