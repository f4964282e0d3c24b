import { describe, expect, test } from 'vitest'
import type { EffectGroup, LockOutReport, WhatIf } from '@/core/policy/what-if/answer'
import { lockOutWords } from './lock-out-words'
import { basisText, lastReadable, spokenEffects, unreadable } from './whole-effect'

const group = (edges: number): EffectGroup => ({ edges, connections: edges * 10, last: edges ? 1 : null, shown: [] })
const lockOuts = (parts: Partial<LockOutReport> = {}): LockOutReport => ({
  found: [],
  unused: [],
  safe: [],
  unknown: [],
  ...parts,
})
const answerOf = (denied: number, report: LockOutReport): WhatIf => ({
  staged: 'left-out',
  touchesStaged: false,
  problems: [],
  effects: { 'newly-allowed': group(0), 'newly-denied': group(denied), undecidable: group(0), unaffected: group(0) },
  elsewhere: { edges: 100, connections: 1000 },
  possible: { changes: [], pairs: { opened: 0, closed: 0, unclear: 0 }, leftOut: 0 },
  lockOuts: report,
  selections: [],
})
const answered = (answer: WhatIf) => ({ answer, current: true, at: 1, ms: 4, error: null })
const safe = lockOuts({ safe: ['dns', 'monitoring'] })

describe('a text that cannot be read', () => {
  test('of which nothing could be read is not known, neither zero nor without lock-outs', () => {
    const answer = answerOf(0, safe)
    expect(spokenEffects(answer, false)).toBe(unreadable)
    expect(basisText(answer, answered(answer), false)).toBe('')
    expect(lockOutWords(safe, false).status).toBe('unknown')
  })

  test('is said to be told of as it was before', () => {
    const said = spokenEffects(answerOf(3, safe), false)
    expect(said).toContain(lastReadable)
    expect(said).toContain('Newly denied: 3 edges.')
    expect(said).toContain('Lock-outs: not checked while the text cannot be read.')
  })
})

test('nothing is said to be safe where nothing could be checked', () => {
  const said = spokenEffects(answerOf(3, lockOuts({ unknown: [{ check: 'dns', reason: 'r' }] })), true)
  expect(said).toMatch(/Lock-outs: nothing could be checked\.$/)
  expect(said).not.toMatch(/no lock-out/i)
})

test('what could be read is told with its figures', () => {
  const answer = answerOf(3, safe)
  expect(spokenEffects(answer, true)).toBe(
    'Newly denied: 3 edges. Newly allowed: 0 edges. Undecidable: 0 edges. Unaffected: 0 edges. No lock-out: DNS, monitoring stay reachable.',
  )
  expect(basisText(answer, answered(answer), true)).toMatch(/^3 edges concerned of 103, 30 connections/)
  expect(spokenEffects(answerOf(0, safe), true)).toBe('Nothing is changed yet.')
})
