import { describe, expect, it } from 'vitest'
import { createOutage } from './outage'

describe('outage', () => {
  it('is no gap while the stop is short', () => {
    const outage = createOutage('c')
    outage.begin('source_down', 1_000, 1_000)
    expect(outage.due(2_000)).toBeNull()
    expect(outage.end(1_500)).toBeNull()
  })

  it('is an open gap from the newest record while the stop lasts, told once', () => {
    const outage = createOutage('c')
    outage.begin('source_down', 1_000, 2_000)
    expect(outage.due(6_000)).toMatchObject({ from: 1_000, to: null, cause: 'source_down', lost: null })
    expect(outage.due(7_000)).toBeNull()
  })

  it('ends at the oldest record after the return', () => {
    const outage = createOutage('c')
    outage.begin('source_down', 1_000, 2_000)
    outage.due(60_000)
    expect(outage.end(61_000)).toMatchObject({ from: 1_000, to: 61_000 })
  })

  it('vanishes when the replay reaches back to the stop', () => {
    const outage = createOutage('c')
    outage.begin('source_down', 1_000, 2_000)
    outage.due(60_000)
    expect(outage.end(900)).toMatchObject({ from: 1_000, to: 1_000 })
  })

  it('keeps the first cause of a stop that goes on', () => {
    const outage = createOutage('c')
    outage.begin('collector_down', 1_000, 2_000)
    outage.begin('source_down', 5_000, 6_000)
    expect(outage.due(9_000)).toMatchObject({ from: 1_000, cause: 'collector_down' })
  })
})
