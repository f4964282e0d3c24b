'use client'

import Link from 'next/link'
import { refKey, type PolicyRef } from '@/core/policy/normal-form'
import type { EdgeDecision } from '@/core/policy/pages/decision-page'
import { policyName } from '@/core/policy/policy-name'
import { formatCount } from '../format'
import { useKeptSearch } from '../shell/use-kept-search'
import { StatusMark } from '../status-mark'
import { whySentences } from './decision-words'
import { policyPath } from './editor-links'

type Props = {
  decision: EdgeDecision
  cluster: string
  /** Says how often it passed and was stopped. */
  counts?: boolean
}

/** Why an edge is decided so, in sentences, what happened where that differs, and the policies that it leads to. */
export function DecisionText({ decision, cluster, counts = false }: Props) {
  const { difference, recorded, sides } = decision
  const policies = [...new Map(sides.flatMap(concerned).map((ref) => [refKey(ref), ref])).values()]
  return (
    <>
      {difference && (
        <p className="mb-1.5 flex gap-2 rounded-md border border-warn px-2 py-1.5 text-fg">
          <StatusMark status="warn" label="differs" className="mt-0.5 h-fit" />
          <span className="min-w-0 break-words">{difference.text}</span>
        </p>
      )}
      <ul className="flex flex-col gap-1">
        {whySentences(decision).map((sentence) => (
          <li key={sentence} className="break-words">
            {sentence}
          </li>
        ))}
      </ul>
      {counts && recorded && (recorded.allowed !== null || recorded.denied !== null) && (
        <p className="mt-1 text-fg-3">
          What happened: {formatCount(recorded.allowed)} allowed, {formatCount(recorded.denied)} denied.
        </p>
      )}
      {policies.length > 0 && <PolicyLinks policies={policies} cluster={cluster} />}
    </>
  )
}

const mostLinks = 4

/** The rule's policy; without a rule those that select. */
const concerned = ({ policy, selecting, reason }: EdgeDecision['sides'][number]): readonly PolicyRef[] =>
  policy ? [policy] : reason === 'end-of-tier' || reason === 'open' ? selecting : []

export function PolicyLinks({ policies, cluster }: { policies: readonly PolicyRef[]; cluster: string }) {
  const kept = useKeptSearch()
  return (
    <p className="mt-0.5 flex flex-wrap gap-x-3">
      {policies.slice(0, mostLinks).map((ref) => (
        <Link
          prefetch={false}
          key={refKey(ref)}
          href={policyPath(cluster, ref, kept)}
          className="inline-flex min-h-6 max-w-full items-center text-accent hover:underline"
        >
          <span className="truncate">{policyName(ref)}</span>
        </Link>
      ))}
      {policies.length > mostLinks && (
        <span className="inline-flex h-6 items-center text-fg-3">and {policies.length - mostLinks} more</span>
      )}
    </p>
  )
}
