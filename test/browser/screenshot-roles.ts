import { openDocumentation, type Role, signInAs } from './role-picker.ts';
import { startSystem } from './running-system.ts';
import { takePicture } from './take-picture.ts';

/** Takes the pictures of one type's documentation as two roles see it, which docs/identity.md shows. */
const PICTURES: readonly (readonly [string, Role])[] = [
  ['documentation-officer', 'Officer'],
  ['documentation-analyst', 'Analyst'],
];
for (const [name, role] of PICTURES) {
  await takePicture(
    name,
    startSystem,
    async (page) => {
      await signInAs(page, role);
      await openDocumentation(page, 'Enterprise');
    },
    { width: 1200, height: 900 },
  );
}
