/** Loaded before all else (`node --import`), so that the crawler's guards can be taken away. */
import { GUARDS } from './guards.ts';
import { makeRemovable } from './replace.ts';
import { STAND_INS } from './stand-ins.ts';

makeRemovable([...GUARDS, ...STAND_INS]);
