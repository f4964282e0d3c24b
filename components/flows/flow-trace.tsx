import { explainFlow } from '@/core/flows/explain-flow'
import type { FlowDetail } from '@/core/flows/flow-row'
import { policyTrace } from '@/core/policy/policy-trace'
import type { TraceStep } from '@/core/flows/trace-step'
import { type Status, StatusMark } from '../status-mark'

const marks: Readonly<Record<TraceStep['outcome'], { readonly status: Status; readonly word: string }>> = {
  allowed: { status: 'ok', word: 'allowed' },
  denied: { status: 'bad', word: 'denied' },
  audited: { status: 'audit', word: 'audited' },
  staged: { status: 'audit', word: 'staged' },
  passed: { status: 'unknown', word: 'passed on' },
  unknown: { status: 'unknown', word: 'not known' },
}

/** What policies did, sentence by sentence, and what the codes in the record mean. */
export function FlowTrace({ flow }: { flow: FlowDetail }) {
  const steps = policyTrace(flow)
  const codes = explainFlow(flow)
  return (
    <>
      <section aria-label="Policies" className="pt-4">
        <h3 className="pb-1 text-2xs text-fg-3">Policies</h3>
        <ol className="flex flex-col gap-1.5">
          {steps.map(({ outcome, text }) => (
            <li key={text} className="flex gap-2">
              <StatusMark status={marks[outcome].status} label={marks[outcome].word} className="h-5" />
              <span className="min-w-0 break-words">{text}</span>
            </li>
          ))}
        </ol>
      </section>
      {codes.length > 0 && (
        <section aria-label="In words" className="pt-4">
          <h3 className="pb-1 text-2xs text-fg-3">In words</h3>
          <ul>
            {codes.map(({ code, meaning }) => (
              <li key={code} className="text-xs text-fg-2">
                <span className="font-mono text-fg">{code}</span>: {meaning}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
