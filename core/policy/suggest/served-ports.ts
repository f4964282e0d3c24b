import type { ModelCatalogue } from '../catalogue'
import type { Workload } from '../model'
import type { Protocol } from '../ports'
import { backendsOf } from '../service-backends'

export type ServedPorts = (workload: Workload, protocol: Protocol, port: number) => boolean

/** Whether a workload is known to serve a port: a container names it, or a Service sends to it. */
export function servedPorts({ model }: ModelCatalogue): ServedPorts {
  const targets = new Map<Workload, Set<string>>()
  for (const service of model.services)
    for (const asked of service.ports)
      for (const { to, port } of backendsOf(model, service, asked, false))
        if (to.type === 'workload') {
          const known = targets.get(to.workload) ?? new Set()
          targets.set(to.workload, known.add(`${asked.protocol}/${port}`))
        }
  return (workload, protocol, port) =>
    workload.ports.some((one) => one.protocol === protocol && one.port === port) ||
    (targets.get(workload)?.has(`${protocol}/${port}`) ?? false)
}
