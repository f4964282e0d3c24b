import { podsBehind, targetPorts } from '../essentials'
import { istioGroup } from '../kinds/istio-values'
import type { Workload } from '../model'
import type { Rule } from '../normal-form'
import { policyName } from '../policy-name'
import type { LintContext } from './context'
import type { Found, LintRule } from './finding'
import { written } from './objects'
import { workloadName } from './words'

export const httpConditionsOnTcp: LintRule = {
  name: 'http-conditions-on-tcp',
  about: 'An AuthorizationPolicy of Istio has conditions on HTTP for a port whose Service says that it carries none.',
  find: (context) => {
    const ports = tcpPorts(context)
    return written(context, istioGroup, 'AuthorizationPolicy').flatMap(({ policy: { ref, blocks } }) => {
      const found = new Map<string, Found>()
      for (const block of blocks)
        for (const rule of block.rules.filter(asksForHttp))
          for (const workload of context.workloads(context.subjects(block))) {
            const port = (ports.get(workload) ?? []).find((one) => isAbout(rule, one))
            if (port === undefined || found.has(rule.path)) continue
            const denies = rule.action === 'deny'
            const pods = workloadName(workload)
            found.set(rule.path, {
              severity: 'warning',
              policy: ref,
              path: rule.path,
              message: denies
                ? `Rule ${rule.path} of ${policyName(ref)} has conditions on HTTP, which are left out on port ${port} of ${pods} that carries none: there it denies every connection that fits the rest.`
                : `Rule ${rule.path} of ${policyName(ref)} has conditions on HTTP, which port ${port} of ${pods} does not carry: there it allows nothing.`,
              remedy: 'Name the ports that the rule is for, or correct the name of the Service port if it is HTTP.',
            })
          }
      return [...found.values()]
    })
  },
}

const asksForHttp = ({ action, request }: Rule): boolean =>
  (action === 'allow' || action === 'deny') && request !== undefined && request.is !== 'plain'

const isAbout = ({ ports }: Rule, port: number): boolean =>
  ports === null ||
  (ports.some ?? []).some(
    (item) => item.port !== 'any' && !('name' in item.port) && port >= item.port.from && port <= item.port.to,
  )

/** By the prefix of the name, as Istio reads it. */
const plainName = /^(?:tcp|mongo|mysql|redis)(?:-|$)/

/** Ports of workloads that a Service says carry no HTTP, and none says they do. */
function tcpPorts({ compiled, table }: LintContext): ReadonlyMap<Workload, readonly number[]> {
  const plain = new Map<Workload, number[]>()
  for (const service of compiled.catalogue.model.services)
    for (const workload of podsBehind(table.workloads, service))
      for (const { name, port } of targetPorts(service, [workload]))
        if (plainName.test(name)) plain.set(workload, [...(plain.get(workload) ?? []), port])
  return plain
}
