/** A trusted document as it is shown. `text` and `variables` go into the editors unchanged. */
export interface Example {
  readonly name: string;
  /** Its folder of `schema/operations`: the audience. */
  readonly group: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly text: string;
  readonly variables: string;
}
