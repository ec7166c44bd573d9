declare module 'dmn-moddle' {
  /** An element of a DMN document. */
  export interface DmnElement {
    readonly $type: string;
    readonly [attribute: string]: unknown;
  }

  /** Reads and writes DMN 1.3 documents. */
  export class DmnModdle {
    create(type: string, attributes: object): DmnElement;
    fromXML(
      xml: string,
      type: string,
    ): Promise<{ readonly rootElement: DmnElement; readonly warnings: readonly { readonly message: string }[] }>;
    toXML(element: DmnElement, options?: { readonly format?: boolean }): Promise<{ readonly xml: string }>;
  }
}
