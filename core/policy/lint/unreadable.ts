import { policyName } from '../policy-name'
import type { LintRule } from './finding'

export const unreadable: LintRule = {
  name: 'unreadable',
  about: 'The object cannot be read, so the API server or the CNI would refuse it.',
  find: ({ compiled }) =>
    compiled.unread.flatMap(({ ref, problems }) =>
      problems.map(({ path, reason }) => ({
        severity: 'error' as const,
        policy: ref,
        path: path === '' ? null : path,
        message: `${policyName(ref)} cannot be read: ${path === '' ? 'it' : path} ${reason}.`,
        remedy: 'Correct the field. Until then nothing is known of what the object does.',
      })),
    ),
}
