/** Takes the place of a package in bundles, where nothing of it is used. */
export default {};
