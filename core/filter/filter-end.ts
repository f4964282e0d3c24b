import { compileCidr } from '../cidr'
import { isDataStoreName } from '../inventory/data-store'
import { type Endpoint, endpointKey, endpointLabel, endpointType } from '../endpoint'
import type { FilterTerm } from './filter-ast'
import type { FilterFacts } from './filter-facts'
import { compileGlob } from './filter-value'

export type EndTest = (endpoint: Endpoint) => boolean

/** What a term says of one endpoint by itself; null where it is about something else. */
export function endTest({ field, value }: FilterTerm, facts: FilterFacts): EndTest | null {
  const is = compileGlob(value)
  switch (field) {
    case 'ns':
      return (e) => is(e.namespace)
    case 'cluster':
      return (e) => is(e.cluster)
    case 'name':
      return (e) => is(e.name)
    case 'kind':
      return (e) => is(e.kind)
    case 'team':
      return (e) => is(facts.team(e))
    case 'app':
      return (e) => is(facts.app(e))
    case 'role':
      return (e) => is(facts.role(e) ?? '')
    case 'ip': {
      const within = compileCidr(value)
      return (e) => within?.(e.name) ?? false
    }
    case 'is':
      return natureTest(value.toLowerCase(), facts)
    default:
      return null
  }
}

function natureTest(nature: string, facts: FilterFacts): EndTest {
  if (nature === 'datastore') return (e) => isDataStoreName(e.kind, e.name)
  if (nature === 'gateway' || nature === 'waypoint') return (e) => facts.role(e) === nature
  if (nature === 'new') return (e) => facts.isNew?.(e) ?? false
  // With traffic nothing is idle; see compileNodeFilter for what has none.
  if (nature === 'idle') return () => false
  return (e) => endpointType(e) === nature
}

/** Is this the endpoint that `from:` or `to:` names: by name, namespace/name or key? */
export function compileNamed(value: string): EndTest {
  const is = compileGlob(value)
  return (e) => is(e.name) || is(endpointLabel(e)) || is(endpointKey(e))
}
