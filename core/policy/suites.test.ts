import { describe, expect, it } from 'vitest'
import { foldersOf } from './test-suites/suites'

describe('third-party suites', () => {
  for (const { suite, folder } of foldersOf())
    it.skipIf(!folder)(
      `agrees with ${suite.name} (skipped where ../shared/data/policy/${suite.name} is absent)`,
      () => {
        const { agree, total, differ } = suite.run(folder ?? '')
        const unexplained = differ.filter((line) => !suite.mayDiffer?.test(line))
        expect({ agree, differ: unexplained }).toEqual({ agree: suite.agrees, differ: [] })
        if (!suite.mayDiffer) expect(agree).toBe(total)
      },
    )
})
