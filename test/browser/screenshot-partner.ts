import { lookAtPartner, startWithPartner } from './example-partner.ts';
import { takePicture } from './take-picture.ts';

/** Takes the picture of the example partner in the explorer that docs/federation.md shows. */
await takePicture('partner', startWithPartner, lookAtPartner, { width: 1680, height: 900 });
