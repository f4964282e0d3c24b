import { linkerdGroup } from '../kinds/linkerd-values'
import type { Workload } from '../model'
import type { PolicyRef } from '../normal-form'
import { policyName } from '../policy-name'
import { field } from '../read'
import type { LintContext } from './context'
import type { Found, LintRule } from './finding'
import { written } from './objects'
import { count, workloadNames } from './words'

type Served = { readonly ref: PolicyRef; readonly port: string | number; readonly subjects: readonly number[] }

function serversOf(context: LintContext): readonly Served[] {
  return written(context, linkerdGroup, 'Server').flatMap(({ policy, at }) => {
    const { value } = field(field(at, 'spec'), 'port')
    if (typeof value !== 'string' && typeof value !== 'number') return []
    const subjects = [...new Set(policy.blocks.flatMap((block) => context.subjects(block)))]
    return [{ ref: policy.ref, port: value, subjects }]
  })
}

/** The number of a Server's port at a workload; null: it has none of that name. */
function numberAt({ ports }: Workload, port: string | number): number | null {
  if (typeof port === 'number') return port
  return ports.find(({ name, protocol }) => name === port && protocol === 'TCP')?.port ?? null
}

export const serverWithoutPort: LintRule = {
  name: 'server-without-port',
  about: 'A Server of Linkerd is about a named port that none of its pods has.',
  find: (context) =>
    serversOf(context).flatMap(({ ref, port, subjects }): readonly Found[] => {
      const pods = context.workloads(subjects)
      if (pods.length === 0 || pods.some((pod) => numberAt(pod, port) !== null)) return []
      return [
        {
          severity: 'warning',
          policy: ref,
          path: 'spec.port',
          message: `${policyName(ref)} is about port ${port}, and none of ${count(pods.length, 'workload')} that it selects (${workloadNames(pods)}) declares it, so it protects nothing.`,
          remedy: 'Name the port in the containers, correct the name, or write its number.',
        },
      ]
    }),
}

export const serversOverlap: LintRule = {
  name: 'servers-overlap',
  about: 'Two Servers of Linkerd are about one port of the same pods; which of them counts is not defined.',
  find: (context) => {
    const all = serversOf(context)
    const byPlace = new Map<string, Served>()
    const found = new Map<string, Found>()
    for (const server of all)
      for (const i of server.subjects) {
        const [workload] = context.workloads([i])
        const number = workload && numberAt(workload, server.port)
        if (!workload || number === null || number === undefined) continue
        const first = byPlace.get(`${i} ${number}`)
        if (!first) byPlace.set(`${i} ${number}`, server)
        else if (first !== server)
          found.set(`${policyName(server.ref)} ${policyName(first.ref)}`, {
            severity: 'warning',
            policy: server.ref,
            path: 'spec.port',
            message: `${policyName(server.ref)} and ${policyName(first.ref)} are both about port ${number} of ${workloadNames([workload])}.`,
            remedy: 'Make one Server of them, or let their selectors leave each other out.',
          })
      }
    return found.values()
  },
}
