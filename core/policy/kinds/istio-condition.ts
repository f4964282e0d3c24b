import type { EndMatch } from '../end-match'
import { field, isAbsent, type Reader, refuse, textAt } from '../read'
import type { RequestMatch } from '../request-match'
import { portsOf } from './istio-operation'
import { blocksOf } from './istio-source'
import { noTerms, type Terms } from './istio-terms'
import {
  conditionsOf,
  hasValues,
  namespaces,
  principals,
  serviceAccounts,
  trustDomains,
  type Values,
  valuesAt,
  wildcard,
} from './istio-values'

/** One item of `when`. What is not known here of a request or a connection is unclear. */
export function conditionAt(at: Reader, namespace: string): Terms {
  const keyAt = field(at, 'key')
  const key = textAt(keyAt) ?? ''
  if (isAbsent(keyAt) || key === '') refuse(keyAt, 'is required')
  const values = valuesAt(at, 'values')
  if (!hasValues(values)) refuse(at, 'must have values or notValues')
  const peers = (match: (texts: readonly string[]) => EndMatch): Terms => ({
    ...noTerms,
    peers: conditionsOf(values, match),
  })
  switch (key) {
    case 'source.principal':
      return peers(principals)
    case 'source.namespace':
      return peers(namespaces)
    case 'source.serviceAccount':
      return peers(serviceAccounts(namespace))
    case 'source.trustDomain':
      return peers(trustDomains)
    case 'source.ip':
      return { ...noTerms, peers: blocksOf(at, 'values', values) }
    case 'remote.ip':
      return { ...noTerms, clients: blocksOf(at, 'values', values) }
    case 'destination.ip':
      return { ...noTerms, own: blocksOf(at, 'values', values) }
    case 'destination.port':
      return { ...noTerms, ports: portsOf(field(at, 'values'), values) }
    default:
      return key.startsWith('request.')
        ? { ...noTerms, http: requestOf(key, values) }
        : { ...noTerms, peers: [{ is: 'unclear', doubt: `what ${key} is of a connection is not known here` }] }
  }
}

function requestOf(key: string, values: Values): readonly RequestMatch[] {
  const name = /^request\.headers\[([^[\]]+)\]$/.exec(key)?.[1]
  if (name === undefined) return [{ is: 'unclear', doubt: `what ${key} is of a request is not known here` }]
  return conditionsOf(values, (texts): RequestMatch => ({ is: 'header', name, texts: texts.map(wildcard) }))
}
