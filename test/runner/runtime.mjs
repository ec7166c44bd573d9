/** Jest's module loader, without modules: Node loads them. */
export default class Runtime {
  enterTestCode() {}
  leaveTestCode() {}
  teardown() {}

  getAllCoverageInfoCopy() {}

  getSourceMaps() {
    return new Map();
  }
}
