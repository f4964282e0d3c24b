import type { Flow } from '../decision'
import { endName } from '../explain'
import { policyName } from '../policy-name'
import type { Found } from './finding'
import type { Idle } from './idle-rules'
import { ruleName } from './words'

/** A finding about a rule that decides nothing. */
export function idleFinding(idle: Idle): Found {
  const { policy, path, how } = idle
  const common = { policy, path, severity: how === 'redundant' ? ('info' as const) : ('warning' as const) }
  const who = decider(idle)
  const subject = path === null ? policyName(policy) : `Rule ${path} of ${policyName(policy)}`
  const example = `for example ${exampleWords(idle.example)}`
  if (how === 'redundant')
    return {
      ...common,
      message: `${subject} changes nothing for the workloads that are there now: ${who} ${verbs[idle.outcome]} the same, ${example}.`,
      remedy: 'Delete it, unless it is kept for workloads that are still to come.',
    }
  const before = how === 'unreachable' ? 'No connection gets as far as' : 'Nothing is decided by'
  return {
    ...common,
    message: `${before} rule ${path ?? ''} of ${policyName(policy)}: ${who} ${verbs[idle.outcome]} before it what it is about, ${example}.`,
    remedy: 'Put it before what decides now, narrow that, or delete it.',
  }
}

const verbs = { allow: 'allows', deny: 'denies', next: 'passes on', open: 'may decide' } as const

function decider({ by, outcome }: Idle): string {
  if (by.rule) return ruleName(by.rule)
  return outcome === 'deny' ? `the end of the tier ${by.tier}` : `the tier ${by.tier}`
}

const exampleWords = ({ from, to, protocol, port }: Flow): string =>
  `${endName(from)} to ${endName(to)}, ${protocol}${port === null ? '' : ` ${port}`}`
