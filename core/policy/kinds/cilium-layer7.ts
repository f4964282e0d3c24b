import { field, fieldsAt, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields } from '../read'
import type { RequestMatch } from '../request-match'
import { httpAt } from './cilium-http'
import { isEveryName, nameAt } from './cilium-names'

/** What `rules` of a port say of the requests within a connection. */
export type Layer7 = {
  /** Which protocol they are about; null: none. */
  readonly protocol: 'dns' | 'other' | null
  /** null: every request passes. */
  readonly request: RequestMatch | null
}

const lists = ['http', 'kafka', 'dns'] as const

/** Rules of one protocol; lists that are there and empty limit nothing, but are rules to the validator. */
export function layer7At(at: Reader): Layer7 {
  fieldsAt(at)
  const given = lists.filter((name) => !isAbsent(field(at, name)))
  const other = textAt(field(at, 'l7proto')) ?? ''
  if (given.length + (other === '' ? 0 : 1) > 1) refuse(at, 'must be about one protocol only')
  if (other === '' && !isAbsent(field(at, 'l7'))) refuse(field(at, 'l7'), 'must not be given without l7proto')
  const requests = (itemsAt(field(at, 'http')) ?? []).map(httpAt)
  const names = (itemsAt(field(at, 'dns')) ?? []).map(nameAt)
  const kafka = itemsAt(field(at, 'kafka')) ?? []
  const protocol = given.includes('dns') ? 'dns' : given.length > 0 || other !== '' ? 'other' : null
  const [first] = requests
  if (first) return { protocol, request: requests.length === 1 ? first : { is: 'some', of: requests } }
  if (names.length > 0 && !names.some(isEveryName))
    return { protocol, request: unclear('which name is looked up is not known') }
  if (kafka.length > 0 || other !== '')
    return { protocol, request: unclear(`what is asked for in ${other || 'Kafka'} is not known`) }
  if (unknownFields(at, [...lists, 'l7proto', 'l7']).length > 0)
    return { protocol, request: unclear('the rule has a field that is not known here') }
  return { protocol, request: null }
}

const unclear = (doubt: string): RequestMatch => ({ is: 'unclear', doubt })
