import { familyOf } from '../figures/family'
import { traceEnvoy } from '../flows/trace-envoy'
import { traceGoldmane } from '../flows/trace-goldmane'
import { traceHubble } from '../flows/trace-hubble'
import { type Traced, type TraceStep, unnamed } from '../flows/trace-step'

/**
 * What policies did to a record, in plain sentences, from what its source said and nothing else. Where the source
 * names no policy, it says so and why that may be.
 */
export function policyTrace(flow: Traced): readonly TraceStep[] {
  const family = familyOf(flow.source)
  if (family === 'hubble') return traceHubble(flow)
  if (family === 'goldmane') return traceGoldmane(flow)
  if (family === 'als') return traceEnvoy(flow)
  if (family === 'otlp') return [unnamed('Spans tell of calls and say nothing of policies.')]
  return [unnamed('This source says nothing of policies.')]
}
