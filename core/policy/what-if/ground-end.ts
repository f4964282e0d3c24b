import { outside } from '../../redact'
import type { Workload } from '../model'
import { workloadKey } from '../model'
import type { End } from '../decision'
import { endOf } from '../evaluate'
import type { GroundEnd, PolicyGround } from '../ground'
import type { EffectEnd } from './answer'

/** An end of recorded traffic as the engine has it; null: not known. Names are told where there are any. */
export function endOfGround({ model }: PolicyGround, end: GroundEnd): End | null {
  switch (end.type) {
    case 'workload': {
      const workload = model.workloads[end.workload]
      return workload ? endOf(workload) : null
    }
    case 'node': {
      const node = model.nodes.find(({ name }) => name === end.name)
      return { type: 'node', name: end.name, addresses: node?.addresses ?? [] }
    }
    case 'external':
      return { type: 'external', address: end.address, ...(end.names.length > 0 ? { names: end.names } : {}) }
    case 'unknown':
      return null
  }
}

/** Whether an end is one that the asker may not see. */
export const isHidden = (end: GroundEnd): boolean => end.type === 'unknown' && end.why === 'hidden'

/** How an end is told to people. */
export function effectEnd(workloads: readonly Workload[], end: GroundEnd): EffectEnd {
  switch (end.type) {
    case 'workload': {
      const workload = workloads[end.workload]
      return workload ? { type: 'workload', name: workloadKey(workload) } : { type: 'unknown', name: 'not known' }
    }
    case 'node':
      return { type: 'node', name: end.name }
    case 'external':
      return { type: 'external', name: end.names[0] ?? (end.address || 'outside') }
    case 'unknown':
      return { type: 'unknown', name: isHidden(end) ? outside.name : 'not known' }
  }
}
