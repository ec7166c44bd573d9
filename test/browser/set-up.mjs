import { buildPagesIfStale } from '../../src/pages/build.ts';
import makeRunFolder from '../run-folder.mjs';

/** Makes the folder of the run, and the pages, which two systems that start at once would both build. */
export default async function setUp() {
  makeRunFolder();
  await buildPagesIfStale();
}
