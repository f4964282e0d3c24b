import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, namespaceNamed } from '../end-match'
import { type LabelMatch, labelsMatch } from '../label-match'
import type { ModelService } from '../model'
import { parseSingle } from '../ranges'
import { field, isAbsent, type Reader, refuse, textAt, unknownFields } from '../read'
import type { CiliumPeer } from './cilium-ranges'
import { labelOf, requirementsAt } from './cilium-selector'

/** An item of `toServices`: whatever stands behind these Services. @param own namespace of the policy; null: none */
export function servicesAt(at: Reader, own: string | null): CiliumPeer {
  const named = field(at, 'k8sService')
  const chosen = field(at, 'k8sServiceSelector')
  if (isAbsent(named) === isAbsent(chosen)) refuse(at, 'must have either k8sService or k8sServiceSelector')
  const selectorAt = field(chosen, 'selector')
  const selector = requirementsAt(selectorAt)
  if (!isAbsent(chosen) && selector === null) refuse(selectorAt, 'is required')
  const name = textAt(field(named, 'serviceName')) ?? ''
  const namespace = given(field(isAbsent(named) ? chosen : named, 'namespace'))
  if (unknownFields(at, ['k8sService', 'k8sServiceSelector']).length > 0) return () => null
  if (selector === null) return (catalogue) => backends(namespace ?? own, name, catalogue)
  const labels: LabelMatch = { op: 'every', of: selector.map(labelOf) }
  return ({ model }) => ({
    is: 'some',
    of: model.services
      .filter((one) => (namespace === null || one.namespace === namespace) && labelsMatch(labels, one.labels))
      .map(behind),
  })
}

const given = (at: Reader): string | null => textAt(at) || null

function backends(namespace: string | null, name: string, catalogue: ModelCatalogue): EndMatch {
  const service = namespace === null ? undefined : catalogue.service(namespace, name)
  return service
    ? behind(service)
    : { is: 'unclear', doubt: `Service ${namespace === null ? '' : `${namespace}/`}${name} is not known` }
}

/** Pods by the selector of the Service, else the addresses behind it, which never match pods. */
function behind({ namespace, selector, addresses }: ModelService): EndMatch {
  const pairs = Object.entries(selector ?? {})
  if (pairs.length > 0) {
    const labels: LabelMatch = { op: 'every', of: pairs.map(([key, value]) => ({ op: 'in', key, values: [value] })) }
    const pods: EndMatch = { is: 'workload', namespace: namespaceNamed(namespace), labels }
    return { is: 'every', of: [pods, { is: 'place', places: ['workload'] }] }
  }
  const cidrs = addresses.flatMap((text) => {
    const single = parseSingle(text)
    return single ? [`${text}/${single.bits}`] : []
  })
  return { is: 'address', cidrs, except: [], inCluster: 'no' }
}
