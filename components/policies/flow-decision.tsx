'use client'

import { endpointKey } from '@/core/endpoint'
import type { FlowDetail } from '@/core/flows/flow-row'
import { StatusMark } from '../status-mark'
import { DecisionText } from './decision-text'
import { decisionWords } from './decision-words'
import { EdgeActions } from './edge-decision'
import { useDecision } from './use-decision'

/** What the policies of that time say of one record, and whether that is what happened. Nothing where they are not known. */
export function FlowDecision({ flow }: { flow: FlowDetail }) {
  const edge = `${endpointKey(flow.from)}|${endpointKey(flow.to)}|${flow.port}|${flow.protocol}`
  const { data } = useDecision({ flow: flow.id })
  const [decision] = data?.edges ?? []
  if (!data || !decision) return null
  const [status, words] = decisionWords(decision)
  return (
    <section aria-label="By the policies of that time" className="pt-4 text-xs text-fg-2">
      <h3 className="pb-1 text-2xs text-fg-3">By the policies of that time</h3>
      <p className="pb-1 text-sm text-fg">
        <StatusMark status={status} label={words} showLabel />
      </p>
      <DecisionText decision={decision} cluster={data.cluster} />
      <EdgeActions decision={decision} edge={edge} />
    </section>
  )
}
