/** A trusted document as it is shown: `text` and `variables` go into the editors as they are. */
export interface Example {
  readonly name: string;
  /** The folder of `schema/operations` that it lies in: who asks this. */
  readonly group: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly text: string;
  readonly variables: string;
}
