'use client'

import { useMemo } from 'react'
import type { PolicyGround } from '@/core/policy/ground'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { PolicyChange } from '@/core/policy/policy-change'
import type { Options } from '@/core/policy/profile'
import type { DraftTest, DraftTestResult, LintChange, WhatIf } from '@/core/policy/what-if/answer'
import { type Drift, driftRequestOf } from '@/core/policy/what-if/drift'
import type { GroundSuggestions, SuggestRequest } from '@/core/policy/what-if/ground-suggestions'
import { type Answered, useAnswer } from './use-answer'

type Staged = Options['staged'] | null

/** What a draft does, again with each change of it. @param staged null: staged policies count if the draft has no others */
export const useWhatIf = (
  ground: PolicyGround | undefined,
  changes: readonly PolicyChange[],
  staged: Staged = null,
): Answered<WhatIf> => useAnswer(ground, 'what-if', { changes, staged })

/** Findings that a draft brings and solves, once nothing was typed for a moment. */
export const useDraftLint = (
  ground: PolicyGround | undefined,
  changes: readonly PolicyChange[],
): Answered<LintChange> => useAnswer(ground, 'lint', { changes }, { wait: 500 })

/** Whether the tests of a draft hold. @param lane tells tests that are asked beside others */
export const useDraftTests = (
  ground: PolicyGround | undefined,
  changes: readonly PolicyChange[],
  tests: readonly DraftTest[],
  { staged = null, lane = 'tests' }: { readonly staged?: Staged; readonly lane?: string } = {},
): Answered<readonly DraftTestResult[]> =>
  useAnswer(ground, 'tests', tests.length === 0 ? null : { changes, tests, staged }, { lane })

/** What decides edges of a what-if that came at this time; null asks nothing. */
export const useEdgeReasons = (
  ground: PolicyGround | undefined,
  ids: readonly string[],
  at: number | null,
): Answered<Readonly<Record<string, string>>> =>
  useAnswer(ground, 'why', at === null || ids.length === 0 ? null : { ids, at }, { lane: `why ${ids[0] ?? ''}` })

/** Policies of least privilege for a scope; null asks nothing. */
export const useSuggestions = (
  ground: PolicyGround | undefined,
  request: SuggestRequest | null,
): Answered<GroundSuggestions> => useAnswer(ground, 'suggest', request)

/** What a policy of the cluster did not know when it was made; null asks nothing. */
export function useDrift(ground: PolicyGround | undefined, ref: PolicyRef | null): Answered<Drift> {
  const request = useMemo(() => (ground && ref ? driftRequestOf(ground, ref) : null), [ground, ref])
  return useAnswer(ground, 'drift', request)
}
