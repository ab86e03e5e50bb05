import { expect, test } from 'vitest';
import { authorise, operations, roles } from '#control-plane/access/methods.ts';

const looks = /\.(list|get|reports|latest)$/;
const givesOut = /^((tokens|apitokens|joins|ca)\.|recoverypolicy\.set)/;

test.each(operations)('%s asks for the role that its nature calls for', (operation) => {
  const least = givesOut.test(operation) ? 'admin' : looks.test(operation) ? 'viewer' : 'operator';
  const allowed = roles.filter((role) => {
    try {
      authorise({ role }, operation);
      return true;
    } catch {
      return false;
    }
  });

  expect(allowed).toEqual(roles.slice(roles.indexOf(least)));
});

test.each([
  ['an operation that the table does not know', 'admin', 'stacks.delete'],
  ['a name that every object has', 'admin', 'constructor'],
  ['a role that the table does not know', 'root', 'stacks.list'],
  ['no role', '', 'stacks.list'],
])('%s is denied', (_, role, operation) => {
  expect(() => { authorise({ role }, operation); }).toThrow(expect.objectContaining({ code: 'denied' }));
});
