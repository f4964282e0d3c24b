import { decidingPolicies } from '@/core/policy/edit/deciding-policies'
import { proposeOn } from '@/core/policy/edit/propose-edits'
import type { PolicyChange } from '@/core/policy/policy-change'
import { type PreparedGround, whatIf, type WhatIfOptions, whyEdges } from '@/core/policy/what-if'
import { runTests } from '@/core/policy/what-if/decide-draft'
import { driftOf } from '@/core/policy/what-if/drift'
import { suggestOnGround } from '@/core/policy/what-if/ground-suggestions'
import { lintChange } from '@/core/policy/what-if/lint-change'
import { type LastReadable, readableChanges } from '@/core/policy/what-if/readable-changes'
import type { WorkerAnswers, WorkerAsk, WorkerQuestion } from './protocol'

/** Answers questions about one ground; remembers of each object of a draft what could last be read. */
export function answerer(prepared: PreparedGround) {
  let last: LastReadable = new Map()
  let asked: { readonly changes: readonly PolicyChange[]; readonly options: WhatIfOptions } = {
    changes: [],
    options: {},
  }
  const remember = (changes: readonly PolicyChange[]) => {
    const before = last
    last = readableChanges(changes, before).last
    return { last: before }
  }
  return ({ ask, of }: WorkerQuestion): WorkerAnswers[WorkerAsk] => {
    switch (ask) {
      case 'what-if': {
        const options = { ...remember(of.changes), ...(of.staged ? { staged: of.staged } : {}) }
        asked = { changes: of.changes, options }
        return whatIf(prepared, of.changes, options)
      }
      case 'tests':
        return runTests(prepared, of.changes, of.tests, {
          ...remember(of.changes),
          ...(of.staged ? { staged: of.staged } : {}),
        })
      case 'why':
        return whyEdges(prepared, asked.changes, of.ids, asked.options)
      case 'lint':
        return lintChange(prepared, of.changes, remember(of.changes))
      case 'suggest':
        return suggestOnGround(prepared, of)
      case 'drift':
        return driftOf(prepared, of)
      case 'propose':
        return { proposals: proposeOn(prepared, of), deciding: decidingPolicies(prepared, of) }
    }
  }
}
