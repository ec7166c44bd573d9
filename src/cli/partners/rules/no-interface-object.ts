import { refusedDirective } from './refused-directive.ts';

/** Refuses `@interfaceObject`: it adds fields to types that it doesn't name. */
export const noInterfaceObject = refusedDirective(
  'interfaceObject',
  'it would add fields to every implementation of the interface, those of others among them; extend the types themselves',
);
