import type { Labels } from '../inventory/inventory-object'
import { checkLabelKey, checkLabelValue } from './label-selector'
import type { ModelNamespace, ModelNode, ModelService, ModelServiceAccount, ServicePort } from './model'
import { type PortProtocol, portProtocols } from './ports'
import { field, fieldsAt, isAbsent, itemsAt, numberAt, type Reader, refuse, textAt, wordAt } from './read'

export function namespaceOf(at: Reader): ModelNamespace {
  return { name: nameOf(at), labels: labelsOf(at), annotations: annotationsOf(at) }
}

export function serviceOf(at: Reader): ModelService {
  const spec = field(at, 'spec')
  const selector = field(spec, 'selector')
  const many = (itemsAt(field(spec, 'clusterIPs')) ?? []).flatMap((item) => textAt(item) ?? [])
  const ips = many.length > 0 ? many : [textAt(field(spec, 'clusterIP')) ?? '']
  const balancers = itemsAt(field(field(field(at, 'status'), 'loadBalancer'), 'ingress')) ?? []
  const externalIps = [
    ...(itemsAt(field(spec, 'externalIPs')) ?? []).flatMap((item) => textAt(item) ?? []),
    ...balancers.flatMap((item) => textAt(field(item, 'ip')) ?? []),
  ]
  return {
    namespace: namespaceNameOf(at),
    name: nameOf(at),
    labels: labelsOf(at),
    selector: isAbsent(selector) ? null : textsAt(selector),
    clusterIps: ips.filter((ip) => ip !== '' && ip !== 'None'),
    ports: (itemsAt(field(spec, 'ports')) ?? []).map(servicePortOf),
    addresses: [],
    ...(ips.includes('None') ? { headless: true as const } : {}),
    ...(externalIps.length > 0 ? { externalIps } : {}),
    ...(textAt(field(spec, 'type')) === 'ExternalName'
      ? { externalName: textAt(field(spec, 'externalName')) ?? '' }
      : {}),
  }
}

function servicePortOf(at: Reader): ServicePort {
  const port = numberAt(field(at, 'port')) ?? 0
  const target = field(at, 'targetPort')
  return {
    name: textAt(field(at, 'name')) ?? '',
    protocol: protocolOf(at),
    port,
    targetPort: typeof target.value === 'string' ? target.value : (numberAt(target) ?? port),
  }
}

export const protocolOf = (at: Reader): PortProtocol => wordAt(field(at, 'protocol'), portProtocols) ?? 'TCP'

export function nodeOf(at: Reader): ModelNode {
  const addresses = itemsAt(field(field(at, 'status'), 'addresses')) ?? []
  return {
    name: nameOf(at),
    labels: labelsOf(at),
    addresses: addresses.flatMap((item) =>
      (textAt(field(item, 'type')) ?? '').endsWith('IP') ? (textAt(field(item, 'address')) ?? []) : [],
    ),
  }
}

export function serviceAccountOf(at: Reader): ModelServiceAccount {
  return { namespace: namespaceNameOf(at), name: nameOf(at), labels: labelsOf(at) }
}

export function nameOf(at: Reader): string {
  const name = field(field(at, 'metadata'), 'name')
  if (isAbsent(name)) refuse(name, 'is required')
  return textAt(name) ?? ''
}

/** `default` where none is given. */
export const namespaceNameOf = (at: Reader): string => textAt(field(field(at, 'metadata'), 'namespace')) || 'default'

/** @param at of what has `metadata`: an object or a template of pods */
export function labelsOf(at: Reader): Labels {
  const labels = field(field(at, 'metadata'), 'labels')
  const texts = textsAt(labels)
  for (const [key, value] of Object.entries(texts)) {
    checkLabelKey(field(labels, key), key)
    checkLabelValue(field(labels, key), value)
  }
  return texts
}

export const annotationsOf = (at: Reader): Labels => textsAt(field(field(at, 'metadata'), 'annotations'))

/** A map of texts. */
function textsAt(at: Reader): Labels {
  return Object.fromEntries(Object.keys(fieldsAt(at)).map((key) => [key, textAt(field(at, key)) ?? '']))
}
