/** Loaded before all else (`node --import`), so that the guards of writes can be taken away. */
import { makeRemovable } from '../crawl/replace.ts';
import { WRITE_GUARDS } from './guards.ts';

makeRemovable(WRITE_GUARDS);
