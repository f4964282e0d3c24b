import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, namespaceNamed } from '../end-match'
import type { LabelMatch } from '../label-match'
import type { ModelService } from '../model'
import { parseSingle } from '../ranges'
import type { PortItem } from '../ports'

/** What stands behind a Service, and on which ports; with a doubt where the Service is not known. */
export type Backends = { readonly end: EndMatch; readonly ports: readonly PortItem[] | null }

export function backendsOf(namespace: string, name: string, catalogue: ModelCatalogue): Backends {
  const service = catalogue.service(namespace, name)
  if (!service) return { end: { is: 'unclear', doubt: `Service ${namespace}/${name} is not known` }, ports: null }
  return { end: { is: 'some', of: endsOf(service) }, ports: service.ports.map(targetOf) }
}

function endsOf({ namespace, selector, addresses }: ModelService): readonly EndMatch[] {
  const pairs = Object.entries(selector ?? {})
  const labels: LabelMatch = { op: 'every', of: pairs.map(([key, value]) => ({ op: 'in', key, values: [value] })) }
  const pods: readonly EndMatch[] =
    pairs.length === 0 ? [] : [{ is: 'workload', namespace: namespaceNamed(namespace), labels }]
  const cidrs = addresses.flatMap((text) => {
    const single = parseSingle(text)
    return single ? [`${text}/${single.bits}`] : []
  })
  return cidrs.length === 0 ? pods : [...pods, { is: 'address', cidrs, except: [], inCluster: 'yes' }]
}

const targetOf = ({ protocol, targetPort }: ModelService['ports'][number]): PortItem => ({
  protocol,
  port: typeof targetPort === 'string' ? { name: targetPort } : { from: targetPort, to: targetPort },
})
