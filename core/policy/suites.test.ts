import { describe, expect, it } from 'vitest'
import { foldersOf } from './test-suites/suites'

describe('third-party suites', () => {
  for (const { suite, folder } of foldersOf())
    it.skipIf(!folder)(
      `agrees with ${suite.name} (skipped where ../shared/data/policy/${suite.name} is absent)`,
      () => {
        const { agree, total, differ } = suite.run(folder ?? '')
        expect({ agree, differ: suite.deviations ? [] : differ }).toEqual({ agree: suite.agrees, differ: [] })
        if (suite.deviations) for (const line of differ) expect(line).toMatch(/ (\S+) → \1 /)
        else expect(agree).toBe(total)
      },
    )
})
