import { expect, it } from 'vitest'
import { adminWarning } from './settings-teams'

it.each<[string, readonly string[], readonly string[] | null, RegExp | null]>([
  ['no group is left', [], ['platform'], /^No group would have administrators/],
  ['no group is left, to the local administrator', [], null, /^No group would have administrators/],
  ['one’s own group goes', ['others'], ['platform', 'all'], /^You would no longer be an administrator/],
  ['one’s own group stays', ['others', 'platform'], ['platform'], null],
  ['the local administrator names a group', ['others'], null, null],
])('warns where %s', (_, after, groups, expected) => {
  const warning = adminWarning(after, groups)
  if (expected === null) expect(warning).toBeNull()
  else expect(warning).toMatch(expected)
})
