import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connections } from '../connections'
import { allEnds, compiledOf, options, others, policies, workloads } from '../test-arbitrary'
import { endTable } from './end-table'
import { pairPorts } from './pair-ports'
import { policyIndex } from './policy-index'

const table = endTable(workloads, others)

test('the ports of every pair are those that connections finds', () => {
  fc.assert(
    fc.property(policies, options, (all, how) => {
      const compiled = compiledOf(all, how)
      const ports = pairPorts(policyIndex(compiled, table))
      for (const [i, from] of allEnds.entries())
        for (const [j, to] of allEnds.entries())
          if (from.type !== 'node' && to.type !== 'node')
            expect([i, j, ports(i, j)]).toEqual([i, j, connections(compiled, from, to)])
    }),
    { numRuns: 60 },
  )
})
