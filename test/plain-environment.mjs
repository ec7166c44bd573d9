import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';
import './compiled-code.mjs';

const { createContext } = vm;

/**
 * Jest's environment for Node, on a global object of V8's own. Jest gives `createContext` a proxy as the global object, which
 * V8 then asks at every use of `Map`, `JSON` or `Promise`: composing and planning took up to a third longer.
 */
export default class PlainEnvironment extends TestEnvironment {
  constructor(config, context) {
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }
}
