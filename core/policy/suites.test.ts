import { describe, expect, it } from 'vitest'
import { foldersOf } from './test-suites/suites'

describe('third-party suites', () => {
  for (const { suite, folder } of foldersOf())
    it.skipIf(!folder)(
      `agrees with ${suite.name} (skipped where ../shared/data/policy/${suite.name} is absent)`,
      () => {
        const { agree, total, differ } = suite.run(folder ?? '')
        expect({ agree, differ }).toEqual({ agree: suite.agrees, differ: suite.deviations ? differ : [] })
        if (!suite.deviations) expect(agree).toBe(total)
      },
    )
})
